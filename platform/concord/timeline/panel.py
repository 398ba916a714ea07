"""The timeline as a page shows it: a stream, its filters, a composer that says who will read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import pgettext
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor, Audience
from concord.errors import Invalid
from concord.parties.models import Party
from concord.records.access import Place
from concord.records.models import Record
from concord.timeline.facts import POSTED
from concord.timeline.outside import opens_outside
from concord.timeline.permissions import Timeline
from concord.timeline.queries import PAGE, EntryView, Page, page, page_at, some
from concord.web.formatting import day_label
from concord.web.markdown import render_text

KINDS = (*POSTED, "event")
LONGEST_POSITION = 18
SHARED = tuple(item.name for item in fields(EntryView))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry(EntryView):
    """An entry with its words as safe markup, and its day as the reader calls it."""

    body_html: Markup
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStream:
    """`next` is the address of the next page, `refresh` that of what is newer.

    `newer`: there is more above, as this page begins further down.
    """

    entries: Sequence[ShownEntry]
    position: int
    last_seen: int
    next: str | None
    refresh: str
    newer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    audience: str | None = None
    kinds: tuple[str, ...] = ()

    def query(self, **more: object) -> str:
        parts: dict[str, object] = {}
        if self.audience:
            parts["audience"] = self.audience
        if self.kinds:
            parts["kinds"] = ",".join(self.kinds)
        parts |= more
        return "?" + urlencode(parts) if parts else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One audience the composer offers, and the sentence that says who that is."""

    value: str
    label: str
    readers: str
    company_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    post_url: str
    audiences: Sequence[Choice]
    kinds: Sequence[str]
    idempotency_key: str
    readers: str = ""
    placeholder: str = ""
    audience: str = ""
    body: str = ""
    errors: Mapping[str, Sequence[str]] | None = None


def context(
    session: Session,
    actor: Actor,
    record: Record | Place,
    arguments: Mapping[str, str],
    **composer: Any,
) -> dict[str, Any]:
    """What `timeline/panel.html` and `timeline/conversation.html` need for one record."""
    filters = read_filters(arguments)
    return {
        "record": record,
        "stream": stream(session, actor, record, filters, arguments),
        "filters": filters,
        "composer": composer_for(session, actor, record, **composer),
    }


def stream(
    session: Session,
    actor: Actor,
    record: Record | Place,
    filters: Filters,
    arguments: Mapping[str, str],
) -> ShownStream:
    """A page of the stream; `after`, `before` and the entry `at` come from the address."""
    after, before = _number(arguments, "after"), _number(arguments, "before")
    audience = Audience[filters.audience.upper()] if filters.audience else None
    entry_id = _number(arguments, "at")
    if entry_id is not None and after is None and before is None:
        at = page_at(session, actor, record, entry_id, kinds=filters.kinds, audience=audience)
        return shown(record, at, filters, forward=False, opened=True)
    found = page(
        session,
        actor,
        record,
        after=after,
        before=before,
        limit=PAGE * 5 if after is not None else PAGE,
        kinds=filters.kinds,
        audience=audience,
    )
    if after is not None:
        found = _with_amended(session, actor, record, found)
    return shown(record, found, filters, forward=after is not None)


def _with_amended(session: Session, actor: Actor, record: Record | Place, found: Page) -> Page:
    """Whoever follows also gets the entries that were edited or withdrawn, as they are now."""
    here = {entry.id for entry in found.entries}
    amended = {entry.amends_id for entry in found.entries if entry.amends_id} - here
    changed = some(session, actor, record, amended)
    return replace(found, entries=[*found.entries, *changed]) if changed else found


def shown(
    record: Record | Place, found: Page, filters: Filters, *, forward: bool, opened: bool = False
) -> ShownStream:
    """A page in safe markup. Going forward, `position` is as far as this page got; where a page
    was `opened` at an entry, as far as it reaches."""
    base = f"/records/{record.id}/timeline"
    further = None
    if found.next is not None:
        further = (
            f"{base}/new{filters.query(after=found.next)}"
            if forward
            else f"{base}{filters.query(before=found.next)}"
        )
    position = found.newest if opened else found.position
    return ShownStream(
        entries=[shown_entry(entry) for entry in found.entries],
        position=found.next if forward and found.next is not None else position,
        last_seen=found.last_seen,
        next=further,
        refresh=f"{base}/new{filters.query()}",
        newer=position < found.position,
    )


def shown_entry(entry: EntryView) -> ShownEntry:
    values = {name: getattr(entry, name) for name in SHARED}
    return ShownEntry(**values, body_html=render_text(entry.words), day=day_label(entry.at))


def read_filters(arguments: Mapping[str, str]) -> Filters:
    """The filters of an address; a senseless one is refused with a sentence."""
    audience = arguments.get("audience") or None
    kinds = tuple(kind for kind in (arguments.get("kinds") or "").split(",") if kind)
    if audience not in (None, *(choice.word for choice in Audience)):
        raise Invalid({"audience": [_("There is no such audience.")]})
    if set(kinds) - set(KINDS):
        raise Invalid({"kinds": [_("There is no such kind of entry.")]})
    return Filters(audience=audience, kinds=kinds)


def composer_for(
    session: Session, actor: Actor, record: Record | Place, placeholder: str = ""
) -> Composer | None:
    """The composer, if the actor may write here; every audience names its readers."""
    if not actor.may(Timeline.POST):
        return None
    if actor.outside:
        readers = _("Read by %(name)s and your colleagues", name=organisation.name())
        audiences = [Choice(actor.audience.word, "", readers)]
    else:
        audiences = [_internal(), *_shared(session, record)]
    return Composer(
        post_url=f"/records/{record.id}/timeline",
        audiences=audiences,
        kinds=("message",) if actor.outside else tuple(POSTED),
        idempotency_key=token_urlsafe(18),
        readers=audiences[0].readers,
        placeholder=placeholder,
        audience=audiences[0].value,
    )


def _internal() -> Choice:
    return Choice(
        "internal",
        pgettext("audience", "Internal"),
        _("Read only by colleagues who see this record"),
    )


def _shared(session: Session, record: Record | Place) -> list[Choice]:
    if record.company_id is None:
        return []
    company = record if isinstance(record, Party) else _company_of(session, record)
    if company is None:
        return []
    found = []
    if company.is_customer and _opens(session, record, Audience.CUSTOMER):
        sentence = _("Read by everyone at %(company)s, your customer", company=company.title)
        found.append(
            Choice("customer", pgettext("audience", "Customer"), sentence, record.company_id)
        )
    if company.is_supplier and _opens(session, record, Audience.SUPPLIER):
        sentence = _("Read by everyone at %(company)s, your supplier", company=company.title)
        found.append(
            Choice("supplier", pgettext("audience", "Supplier"), sentence, record.company_id)
        )
    return found


def _company_of(session: Session, record: Record | Place) -> Any:
    """What is known of the record's company without asking who may open it."""
    query = select(Record.title, Party.is_customer, Party.is_supplier).select_from(Party)
    return session.execute(query.where(Party.id == record.company_id)).one_or_none()


def _opens(session: Session, record: Record | Place, audience: Audience) -> bool:
    assert record.company_id is not None
    return opens_outside(session, record.id, record.kind, audience, record.company_id)


def _number(arguments: Mapping[str, str], name: str) -> int | None:
    value = arguments.get(name)
    if value is None or value == "":
        return None
    if not (value.isascii() and value.isdecimal() and len(value) <= LONGEST_POSITION):
        raise Invalid({name: [_("This is not a position on a timeline.")]})
    return int(value)
