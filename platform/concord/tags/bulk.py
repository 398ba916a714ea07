"""Tags on many records, with what is needed to take it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Invalid
from concord.records.models import Record
from concord.tags.actions import find_or_make, put_on, take_off
from concord.tags.models import Tag

ADDED, REMOVED = "tags added", "tags removed"
Images = dict[int, dict[str, Any]]


def read(session: Session, actor: Actor, names: Any, *, make: bool = True) -> list[int]:
    """The ids of the tags of these names; new ones are made unless `make` says no."""
    if not isinstance(names, list):
        raise Invalid({"tags": [_("Send a list of names.")]})
    return [tag.id for tag in find_or_make(session, actor, names, make=make)]


def add(
    session: Session, actor: Actor, records: Sequence[Record], tag_ids: Sequence[int]
) -> Images:
    images: Images = {}
    for tag in _tags(session, tag_ids):
        for record_id in put_on(session, actor, [record.id for record in records], tag):
            images.setdefault(record_id, {}).setdefault(ADDED, []).append(tag.id)
    return images


def remove(
    session: Session, actor: Actor, records: Sequence[Record], tag_ids: Sequence[int]
) -> Images:
    images: Images = {}
    for tag in _tags(session, tag_ids):
        for record_id in take_off(session, actor, [record.id for record in records], tag):
            images.setdefault(record_id, {}).setdefault(REMOVED, []).append(tag.id)
    return images


def put_back(
    session: Session, actor: Actor, records: Sequence[Record], images: Mapping[int, dict[str, Any]]
) -> Images:
    """The other way round, for all records at once; gives the images of that."""
    found: Images = {}
    for key, act in ((ADDED, remove), (REMOVED, add)):
        by_tag: dict[int, list[Record]] = {}
        for record in records:
            for tag_id in images[record.id].get(key, ()):
                by_tag.setdefault(tag_id, []).append(record)
        for tag_id, on in by_tag.items():
            for record_id, image in act(session, actor, on, [tag_id]).items():
                for name, ids in image.items():
                    found.setdefault(record_id, {}).setdefault(name, []).extend(ids)
    return found


def quoted(session: Session, tag_ids: Sequence[int]) -> tuple[str, str]:
    """The names of these tags in English and Chinese quotation marks."""
    names = [f"“{tag.name}”" for tag in _tags(session, tag_ids)]
    return ", ".join(names), "、".join(names)


def _tags(session: Session, tag_ids: Sequence[int]) -> list[Tag]:
    """Those that are still there."""
    return list(session.scalars(select(Tag).where(Tag.id.in_(tag_ids)).order_by(Tag.id)))
