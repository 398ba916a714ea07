"""A noun in the portal: the fields it shares, of the reader's own company."""

from dataclasses import dataclass

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from concord.actors import Actor
from concord.database.paging import page as page_of
from concord.nouns.noun import AnyNoun
from concord.nouns.showing import shown_facts
from concord.portal.view import page as safe_page
from concord.records.access import get
from concord.records.models import Record
from concord.web.request import actor, session
from concord.web.routing import Routes


@dataclass(frozen=True, slots=True)
class SharedFact:
    label: str
    icon: str
    shown: str
    long: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A record as the people of its company see it."""

    id: int
    title: str
    url: str
    icon: str
    facts: tuple[SharedFact, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the pages are called, and where they begin."""

    name: str
    title: str
    icon: str
    url: str


def portal_of(noun: AnyNoun) -> Routes:
    """The blueprint `<name>_portal`: every shared record, and one of them."""
    routes = Routes(f"{noun.name}_portal", __name__, url_prefix=f"/portal/{noun.name}")

    @routes.get("", permission=noun.read, faces=noun.faces)
    def index() -> Response:
        found = page_of(
            session(),
            noun.policy.visible(actor()),
            order=[Record.id.desc()],
            cursor=request.args.get("cursor"),
        )
        records = tuple(_shared(noun, record) for record in found.items)
        heading = _heading(noun)
        return safe_page(
            "nouns/portal_list.html", heading=heading, records=records, next=found.next
        )

    @routes.get("/<int:record_id>", permission=noun.read, faces=noun.faces)
    def page(record_id: int) -> Response:
        found = shared(session(), actor(), noun, record_id)
        return safe_page("nouns/portal_page.html", heading=_heading(noun), record=found)

    return routes


def shared(session: Session, actor: Actor, noun: AnyNoun, record_id: int) -> Shared:
    """One record as far as it is shared; NotFound for those of other companies."""
    return _shared(noun, get(session, actor, noun.model, record_id))


def _shared(noun: AnyNoun, record: Record) -> Shared:
    facts = shown_facts(noun.form, record, noun.shared)
    return Shared(
        id=record.id,
        title=record.title,
        url=url_for(f"{noun.name}_portal.page", record_id=record.id),
        icon=noun.icon,
        facts=tuple(
            SharedFact(str(fact.label), fact.icon, fact.shown, fact.long)
            for fact in facts
            if fact.shown and noun.attribute(fact.name) != "title"
        ),
    )


def _heading(noun: AnyNoun) -> Heading:
    url = url_for(f"{noun.name}_portal.index")
    return Heading(noun.name, str(noun.plural), noun.icon, url)
