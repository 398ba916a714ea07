"""The conversation with a company: the stream of its own record, read by its own people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor
from concord.errors import NotFound
from concord.installation import current_installation
from concord.portal.readers import readers
from concord.records.access import find_record
from concord.records.models import Record
from concord.timeline import panel, queries
from concord.timeline.panel import Composer, ShownStream

LATEST = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that is talked about, as templates name it in addresses."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What `timeline/conversation.html` shows, in safe values."""

    record: Subject
    stream: ShownStream
    composer: Composer | None


def company_of(session: Session, actor: Actor) -> Record | None:
    """The record of the company the actor acts for; None where this program keeps no companies."""
    if actor.company_id is None or current_installation().records.get("company") is None:
        return None
    try:
        return find_record(session, actor, actor.company_id)[0]
    except NotFound:
        return None


def conversation(
    session: Session, actor: Actor, record: Record, url: str, arguments: Mapping[str, str]
) -> Conversation:
    """A page of the conversation on `record` that the actor sees, with who reads the answer.

    `url` is the page that shows it; `before` in its arguments asks for older words, `at` for those
    around an entry.
    """
    asked = {name: arguments[name] for name in ("before", "at") if arguments.get(name)}
    stream = panel.stream(session, actor, record, panel.Filters(), asked)
    if stream.next is not None:
        stream = replace(stream, next=f"{url}?{urlsplit(stream.next).query}")
    return _with_composer(session, actor, record, stream)


def latest(session: Session, actor: Actor, record: Record) -> Conversation:
    """The last few words of it, for the home page."""
    found = queries.page(session, actor, record, limit=LATEST)
    stream = panel.shown(record, found, panel.Filters(), forward=False)
    return _with_composer(session, actor, record, replace(stream, next=None))


def _with_composer(
    session: Session, actor: Actor, record: Record, stream: ShownStream
) -> Conversation:
    write_to = _("Write to %(organisation)s…", organisation=organisation.name())
    composer = panel.composer_for(session, actor, record, placeholder=write_to)
    if composer is not None:
        composer = replace(composer, readers=readers(session, actor, record))
    return Conversation(Subject(record.id, record.title), stream, composer)
