"""Writing on a timeline: posting, editing and withdrawing what one wrote."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.clock import now
from concord.errors import Conflict, Forbidden, Invalid, NotFound
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.files.actions import attach
from concord.identity.actors import actors_of
from concord.notifications.writing import may_read
from concord.parties.models import Party
from concord.records.access import find_record
from concord.records.models import Record
from concord.timeline.facts import POSTED, EntryEdited, EntryWithdrawn
from concord.timeline.mentions import staff_who_wrote
from concord.timeline.models import Entry, TimelineLink
from concord.timeline.outside import opens_outside
from concord.timeline.permissions import Timeline

LONGEST_BODY = 20_000
EXCERPT = 140
MOST_MENTIONS = 20
MOST_FILES = 10


def post(
    session: Session,
    actor: Actor,
    record: Record,
    *,
    kind: str,
    body: str,
    audience: Audience = Audience.INTERNAL,
    company_id: int | None = None,
    mentions: Sequence[int] = (),
    files: Sequence[int] = (),
) -> Entry:
    """Write on `record`'s timeline. People outside always write a message to their own stream.

    A shared audience is read by `company_id`, by default the record's company. Raises Invalid with
    a sentence for each field; Forbidden when the actor may not write.
    """
    if not actor.may(Timeline.POST):
        raise Forbidden
    if actor.outside:
        if record.company_id != actor.company_id:
            raise Forbidden
        kind, audience, company_id = "message", actor.audience, actor.company_id
    text = body.strip()
    _check(kind, text, mentions, files)
    link = Link(record, audience, _reader(session, actor, record, audience, company_id))
    _check_mentions(session, actor, link, mentions)
    fact = POSTED[kind](title=record.title, excerpt=text[:EXCERPT])
    entry = record_fact(
        session, actor, fact, subject=record, links=[link], body=text, kind=kind, mentions=mentions
    )
    if files:
        attach(session, actor, entry, files)
    return entry


def edit(
    session: Session, actor: Actor, entry: Entry, body: str, *, original: str | None = None
) -> Entry:
    """Change one's own words; a small entry on the same streams says so to whoever follows."""
    _own(actor, entry)
    text = body.strip()
    _check(entry.kind, text, (), ())
    if original is not None and original.strip() != (entry.body or "").strip():
        raise Conflict(detail=_("You changed this entry in another window. Reload to see it."))
    if text == entry.body:
        return entry
    entry.body, entry.edited_at = text, now()
    entry.payload = {**entry.payload, "excerpt": text[:EXCERPT]}
    _amend(session, actor, entry, EntryEdited(title=entry.payload.get("title", "")))
    return entry


def withdraw(session: Session, actor: Actor, entry: Entry) -> None:
    """Take back one's own entry: its words go, its trace stays."""
    _own(actor, entry, moderating=True)
    entry.withdrawn_at = now()
    _amend(session, actor, entry, EntryWithdrawn(title=entry.payload.get("title", "")))


def readable_entry(session: Session, actor: Actor, record_id: int, entry_id: int) -> Entry:
    """An entry that `actor` reads on the timeline of this record; NotFound when there is none."""
    query = select(TimelineLink).where(
        TimelineLink.entry_id == entry_id, TimelineLink.record_id == record_id
    )
    for link in session.scalars(query):
        place = session.get_one(Record, link.record_id)
        if may_read(session, actor, place, link_of(place, link)):
            return session.get_one(Entry, entry_id)
    raise NotFound


def link_of(place: Record, link: TimelineLink) -> Link:
    return Link(place, Audience(link.audience), link.company_id, link.field_group)


def _own(actor: Actor, entry: Entry, *, moderating: bool = False) -> None:
    if entry.withdrawn_at is not None or entry.kind not in POSTED:
        raise NotFound
    mine = entry.actor_id == actor.user_id and entry.actor_company_id == actor.company_id
    if not mine and not (moderating and actor.staff and actor.may(Timeline.MODERATE)):
        raise Forbidden


def _amend(
    session: Session, actor: Actor, entry: Entry, fact: EntryEdited | EntryWithdrawn
) -> None:
    """Say it on every stream where the entry itself stands."""
    stored = session.scalars(select(TimelineLink).where(TimelineLink.entry_id == entry.id)).all()
    places = {link.record_id: session.get_one(Record, link.record_id) for link in stored}
    record_fact(
        session,
        actor,
        fact,
        subject=places[entry.record_id],
        links=[link_of(places[link.record_id], link) for link in stored],
        kind="edit" if isinstance(fact, EntryEdited) else "withdrawal",
        amends=entry,
    )


def _check(kind: str, text: str, mentions: Sequence[int], files: Sequence[int]) -> None:
    errors: dict[str, list[str]] = {}
    if kind not in POSTED:
        errors["kind"] = [_("Choose a note, call, meeting, e-mail or message.")]
    if not text and not files:
        errors["body"] = [_("Write something before you post.")]
    if "\x00" in text:
        errors["body"] = [_("The text holds a character that cannot be stored.")]
    if len(text) > LONGEST_BODY:
        errors["body"] = [_("This is too long: at most %(most)s characters.", most=LONGEST_BODY)]
    if len(mentions) > MOST_MENTIONS:
        errors["mentions"] = [_("Mention at most %(most)s people.", most=MOST_MENTIONS)]
    if len(files) > MOST_FILES:
        errors["files"] = [_("Attach at most %(most)s files.", most=MOST_FILES)]
    if errors:
        raise Invalid(errors)


def _reader(
    session: Session, actor: Actor, record: Record, audience: Audience, company_id: int | None
) -> int | None:
    """The company that reads a shared entry: the record's, or the one the composer named."""
    if audience is Audience.INTERNAL:
        return None
    reader = _named(session, actor, company_id) if record.company_id is None else record.company_id
    if reader is None or (company_id is not None and company_id != reader):
        raise Invalid({"audience": [_("Choose the company that will read this.")]})
    party = session.get(Party, reader)
    stands = party is not None and (
        party.is_customer if audience is Audience.CUSTOMER else party.is_supplier
    )
    if not stands:
        raise Invalid({"audience": [_("This company has no such portal.")]})
    if not opens_outside(session, record.id, record.kind, audience, reader):
        raise Invalid({"audience": [_("People outside cannot open this record.")]})
    return reader


def _named(session: Session, actor: Actor, company_id: int | None) -> int | None:
    """A company that the writer sees; for all others it is as if none had been named."""
    if company_id is None:
        return None
    try:
        return find_record(session, actor, company_id)[0].id
    except NotFound:
        return None


def _check_mentions(session: Session, actor: Actor, link: Link, mentions: Iterable[int]) -> None:
    """Refuse to mention whoever cannot see the entry: nobody is told of what they cannot open."""
    wanted = set(mentions)
    if not wanted:
        return
    known = actors_of(session, wanted)
    offered = staff_who_wrote(session, actor, link.record) if actor.outside else wanted
    unseen = [
        user_id
        for user_id in wanted
        if user_id not in offered
        or not any(
            may_read(session, reader, link.record, link) for reader in known.get(user_id, [])
        )
    ]
    if unseen:
        readers = [reader for user_id in unseen for reader in known.get(user_id, [])[:1]]
        names = sorted(reader.name for reader in readers if reader.staff and not actor.outside)
        people = ", ".join(names) or _("somebody you mentioned")
        raise Invalid({"mentions": [_("%(people)s cannot see this entry.", people=people)]})
