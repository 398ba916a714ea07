"""What a list's page asks for: its own address, a verb, and which of its records."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.bulk.declaring import BulkType, BulkVerb, bulk_type
from concord.bulk.selecting import by_ids
from concord.bulk.starting import verb_of
from concord.lists.asking import address, query_of
from concord.lists.page import asked_of, reach
from concord.lists.types import Asked, ListType

COUNTED = 10_001


@dataclass(frozen=True, slots=True)
class Selection:
    """The records that a list's reader chose; `ids` is empty where they chose all of them."""

    found: ListType
    bulk: BulkType
    verb: BulkVerb
    ids: tuple[int, ...]
    asked: Asked

    @property
    def everything(self) -> bool:
        return not self.ids

    @property
    def list_url(self) -> str:
        return address(self.found, self.asked)

    @property
    def parameters(self) -> dict[str, str]:
        """The list's own part of an address."""
        return query_of(self.asked)

    def query(self, session: Session, actor: Actor) -> Select[tuple[int]]:
        """The ids of what was chosen, as far as the actor sees it."""
        if self.ids:
            collection = self.bulk.collection
            return by_ids(collection, actor, self.ids, archived=self.verb.archived)
        return self.found.selection(session, actor, self.asked)

    def count(self, session: Session, actor: Actor) -> int:
        """How many that are, counted up to 10,001."""
        if self.ids:
            return len(self.ids)
        few = self.query(session, actor).order_by(None).limit(COUNTED).subquery()
        return session.scalar(select(func.count()).select_from(few)) or 0


def read_selection(actor: Actor, key: str, verb: str, given: MultiDict[str, str]) -> Selection:
    """NotFound for a list or verb that is not there, Forbidden for one that is not the actor's."""
    found = reach(key)
    bulk = bulk_type(found.kind)
    known = verb_of(actor, bulk, verb)
    _views, asked = asked_of(found)
    return Selection(found, bulk, known, read_ids(given), asked)


def read_ids(given: MultiDict[str, str]) -> tuple[int, ...]:
    """The chosen ids; none where everything is, an impossible one where nothing sensible is."""
    if given.get("all") == "1":
        return ()
    texts = [part for text in given.getlist("ids") for part in text.split(",")]
    numbers = (int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) < 19)
    return tuple(dict.fromkeys(numbers)) or (0,)
