"""What happens to files after they were sent: said where the file itself was shared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from concord.actors import OUTSIDE
from concord.facts.types import AnyFactType, Fact, FactType, Sentence, Told, nobody
from concord.identity.models import Role, UserRole
from concord.timeline.facts import people_concerned


@dataclass(frozen=True, kw_only=True)
class FileFact(Fact):
    """`title` is the record's, `name` the file's, as of then."""

    title: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class FileReplaced(FileFact):
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class FileRestored(FileReplaced):
    pass


@dataclass(frozen=True, kw_only=True)
class FileWithdrawn(FileFact):
    pass


@dataclass(frozen=True, kw_only=True)
class FileInfected(FileFact):
    uploader_id: int | None = None


def uploader_and_administrators(told: Told) -> Iterable[int]:
    """Whoever sent it, and those who look after the house."""
    if (uploader := told.payload.get("uploader_id")) is not None:
        yield uploader
    administrators = (
        select(UserRole.user_id)
        .join(Role, Role.id == UserRole.role_id)
        .where(Role.key == "administrator")
    )
    yield from told.session.scalars(administrators)


def _type(
    name: str,
    fact: type[FileFact],
    icon: str,
    label: LazyString | None,
    sentence: Sentence,
    tells: Callable[[Told], Iterable[int]],
) -> AnyFactType:
    return FactType(
        name=name,
        fact=fact,
        icon=icon,
        sentence=sentence,
        faces=OUTSIDE,
        tells=tells,
        personal=frozenset({"name"}),
        topic="conversations",
        label=label,
    )


FACTS: tuple[AnyFactType, ...] = (
    _type(
        "file.replaced",
        FileReplaced,
        "file-up",
        _l("A new version of a file"),
        Sentence(en="uploaded version {number} of “{name}”", zh="上传了“{name}”的第 {number} 版"),
        people_concerned,
    ),
    _type(
        "file.restored",
        FileRestored,
        "history",
        _l("An earlier version of a file is back"),
        Sentence(
            en="brought back version {number} of “{name}”", zh="恢复了“{name}”的第 {number} 版"
        ),
        people_concerned,
    ),
    _type(
        "file.withdrawn",
        FileWithdrawn,
        "trash-2",
        None,
        Sentence(en="withdrew the file “{name}”", zh="撤回了文件“{name}”"),
        nobody,
    ),
    _type(
        "file.infected",
        FileInfected,
        "triangle-alert",
        _l("Malicious software in a file"),
        Sentence(
            en="found malicious software in “{name}”; nobody can open it",
            zh="在“{name}”中发现恶意软件，任何人都无法打开",
        ),
        uploader_and_administrators,
    ),
)
