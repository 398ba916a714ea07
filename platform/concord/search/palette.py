"""What the palette shows: commands after ">", people after "@", tags after "#", else everything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.identity.models import User
from concord.identity.policy import PEOPLE
from concord.search.asking import Asked, ask
from concord.search.commands import Offer, offers, offers_on
from concord.search.entries import search_entries
from concord.search.names import aliases, spoken
from concord.search.queries import Hit, people_kinds, recent, search
from concord.search.ranking import Rank, holds
from concord.search.showing import Part, parts
from concord.search.tagged import Tagged, look_behind, may_ask
from concord.search.tokens import joined, words

RECORDS, ENTRIES, COMMANDS, COLLEAGUES, TAGGED = 8, 3, 5, 5, 20
ALL_COMMANDS = 60
MOST_COLLEAGUES = 2000


class Mode(StrEnum):
    """Where one looks; the first sign of the text says it."""

    EVERYWHERE = ""
    COMMANDS = ">"
    PEOPLE = "@"
    TAGS = "#"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here."""

    id: int
    name: str
    title: str
    names: Sequence[Part]
    rank: Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The palette's groups, in the order in which they are shown."""

    mode: Mode
    asked: Asked
    best: Hit | None = None
    records: Sequence[Hit] = ()
    recent: Sequence[Hit] = ()
    colleagues: Sequence[Colleague] = ()
    entries: Sequence[Hit] = ()
    offers: Sequence[Offer] = field(default=())
    tagged: Tagged = field(default_factory=Tagged)

    @property
    def empty(self) -> bool:
        groups = (self.records, self.recent, self.colleagues, self.entries, self.offers)
        tagged = self.tagged.tags or self.tagged.chosen
        return self.best is None and not tagged and not any(groups)


def look(session: Session, actor: Actor, text: str) -> Found:
    """Everything for one text: a handful of statements, whatever is found."""
    text = text.strip()
    mode = next((mode for mode in _signs(actor) if text.startswith(mode)), None)
    if mode is None:
        asked = ask(text)
        return _start(session, actor, asked) if asked.empty else _all(session, actor, asked)
    asked = ask(text.removeprefix(mode))
    if mode is Mode.COMMANDS:
        return Found(mode=mode, asked=asked, offers=offers(actor, asked)[:ALL_COMMANDS])
    if mode is Mode.TAGS:
        found = look_behind(session, actor, text.removeprefix(mode), limit=TAGGED)
        return Found(mode=mode, asked=asked, tagged=found)
    people = search(session, actor, asked.text, kinds=people_kinds(), limit=RECORDS)
    known = colleagues(session, actor, asked)[: COLLEAGUES * 2]
    return Found(mode=mode, asked=asked, records=people, colleagues=known)


def _signs(actor: Actor) -> list[Mode]:
    signs = [Mode.COMMANDS, Mode.PEOPLE]
    return [*signs, Mode.TAGS] if may_ask(actor) else signs


def colleagues(session: Session, actor: Actor, asked: Asked) -> list[Colleague]:
    """Staff whose name answers, the best first; all of them without words."""
    query = PEOPLE.visible(actor).with_only_columns(User.id, User.name, User.title)
    query = query.where(User.is_staff, User.disabled_at.is_(None)).order_by(User.sort_key, User.id)
    found = []
    for user_id, name, title in session.execute(query.limit(MOST_COLLEAGUES)):
        rank = Rank.ALIAS if asked.empty else _rank_of(name, asked)
        if rank is not None:
            found.append(Colleague(user_id, name, title or "", parts(name, asked), rank))
    return sorted(found, key=lambda colleague: colleague.rank)


def _start(session: Session, actor: Actor, asked: Asked) -> Found:
    """Before anything is typed: where one was last, and what can be done."""
    return Found(
        mode=Mode.EVERYWHERE,
        asked=asked,
        recent=recent(session, actor),
        offers=offers(actor, asked)[:COMMANDS],
    )


def _all(session: Session, actor: Actor, asked: Asked) -> Found:
    hits = search(session, actor, asked.text, limit=RECORDS)
    known = [c for c in colleagues(session, actor, asked) if c.rank <= Rank.TITLE_WORDS or not hits]
    best = hits[0] if hits and hits[0].rank <= Rank.ALIAS else None
    records = hits[1:] if best else hits
    done = offers_on(session, actor, asked, best) if best else []
    return Found(
        mode=Mode.EVERYWHERE,
        asked=asked,
        best=best,
        records=records,
        colleagues=known[:COLLEAGUES],
        entries=search_entries(session, actor, asked.text, limit=ENTRIES),
        offers=[*done, *offers(actor, asked)][: COMMANDS + len(done)],
    )


def _rank_of(name: str, asked: Asked) -> Rank | None:
    if joined(name) == asked.joined:
        return Rank.TITLE
    if joined(name).startswith(asked.joined) or spoken(name).startswith(asked.joined):
        return Rank.TITLE_BEGINS
    if holds(tuple(words(name)), asked.tokens()):
        return Rank.TITLE_WORDS
    return Rank.ALIAS if any(a.startswith(asked.joined) for a in aliases(name)) else None
