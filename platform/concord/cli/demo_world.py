"""A database that holds the demo world says so, and its sign-ins are kept beside it."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.demo.tell import SignIn, tell
from concord.identity.models import User
from concord.installation import Installation
from concord.organisation import read_setting, write_setting

MARK = "demo"


def is_demo(session: Session) -> bool:
    return bool(read_setting(session, MARK))


def tell_marked(installation: Installation, language: str) -> list[SignIn]:
    """Tell the demo world and keep how to sign in; AlreadyTold where there are people already."""
    _mark(installation, language, whole=False)
    sign_ins = tell(installation, language=language).sign_ins
    _mark(installation, language, whole=True)
    kept = _kept(installation)
    kept.touch(mode=0o600)
    kept.write_text(json.dumps([asdict(each) for each in sign_ins]), encoding="utf-8")
    return sign_ins


def sign_ins_of(installation: Installation) -> list[SignIn]:
    """How to sign in to the demo world, told now where the database is empty; none elsewhere."""
    with installation.database.reading() as session:
        mark = read_setting(session, MARK)
        peopled = session.scalar(select(User.id).limit(1)) is not None
    if not mark and peopled:
        return []
    if not peopled:
        click.echo("→ Telling the demo world")
        return tell_marked(installation, installation.settings.language)
    if not mark["whole"]:
        folder = installation.settings.data_dir
        raise click.ClickException(
            f"The demo world was interrupted while it was told: remove {folder} and start again."
        )
    return _read(_kept(installation))


def _mark(installation: Installation, language: str, *, whole: bool) -> None:
    with installation.database.writing() as session:
        write_setting(session, MARK, {"language": language, "whole": whole})
        session.commit()


def _kept(installation: Installation) -> Path:
    return installation.settings.data_dir / "demo-sign-ins.json"


def _read(kept: Path) -> list[SignIn]:
    if not kept.exists():
        return []
    return [SignIn(**each) for each in json.loads(kept.read_text(encoding="utf-8"))]
