"""The company that runs this installation: settings kept in the database."""

from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from concord.database.base import Json, Model
from concord.installation import Installation, current_installation

DEFAULT_NAME = "Concord"


class Setting(Model):
    """One named value of the whole installation."""

    __tablename__ = "concord_settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(Json)


def read_setting(session: Session, key: str) -> dict[str, Any]:
    """The value kept under `key`, or an empty one."""
    return session.scalar(select(Setting.value).where(Setting.key == key)) or {}


def write_setting(session: Session, key: str, value: dict[str, Any]) -> None:
    session.merge(Setting(key=key, value=value))
    _name.cache_clear()


def name() -> str:
    """What the organisation is called, as shown on every page; read once per process.

    While the database is away a page still has to say so: then it is the program's own name.
    """
    try:
        return _name(id(current_installation()))
    except SQLAlchemyError:
        return DEFAULT_NAME


@lru_cache(maxsize=8)
def _name(_installation: int) -> str:
    installation: Installation = current_installation()
    with installation.database.reading() as session:
        return str(read_setting(session, "organisation").get("name", DEFAULT_NAME))
