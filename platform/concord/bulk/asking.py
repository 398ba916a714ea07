"""What a list's page asks for: its own address, a verb, and which of its records."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.bulk.declaring import BulkType, BulkVerb, bulk_type
from concord.bulk.selecting import by_ids
from concord.bulk.starting import verb_of
from concord.errors import Forbidden
from concord.lists import tree
from concord.lists.registry import list_named
from concord.lists.types import Asked, ListType, Look
from concord.web import csrf

OWN = frozenset({"ids", "all", csrf.FIELD})
COUNTED = 10_001


@dataclass(frozen=True, slots=True)
class Selection:
    """The records that a list's reader chose. `parameters` are the list's own."""

    found: ListType
    bulk: BulkType
    verb: BulkVerb
    ids: tuple[int, ...]
    parameters: tuple[tuple[str, str], ...]

    @property
    def everything(self) -> bool:
        return not self.ids

    @property
    def list_url(self) -> str:
        parameters: dict[str, Any] = dict(self.parameters)
        return url_for(self.found.endpoint, **parameters)

    def query(self, session: Session, actor: Actor) -> Select[Any]:
        """The ids of what was chosen, as far as the actor sees it."""
        if self.ids:
            return by_ids(self.bulk.collection, actor, self.ids, archived=self.verb.archived)
        return self.found.selection(session, actor, _asked(dict(self.parameters)))

    def count(self, session: Session, actor: Actor) -> int:
        """How many that are, counted up to 10,001."""
        if self.ids:
            return len(self.ids)
        few = self.query(session, actor).order_by(None).limit(COUNTED).subquery()
        return session.scalar(select(func.count()).select_from(few)) or 0


def read_selection(actor: Actor, key: str, verb: str, given: MultiDict[str, str]) -> Selection:
    """NotFound for a list or verb that is not there, Forbidden for one that is not the actor's."""
    found = list_named(key)
    if not actor.may(found.permission):
        raise Forbidden
    bulk = bulk_type(found.kind)
    known = verb_of(actor, bulk, verb)
    ids = () if given.get("all") == "1" else _ids(given.getlist("ids"))
    kept = tuple((name, value) for name, value in request.args.items() if name not in OWN)
    return Selection(found, bulk, known, ids, kept)


def _ids(sent: list[str]) -> tuple[int, ...]:
    texts = [part for text in sent for part in text.split(",")]
    numbers = (int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) < 19)
    return tuple(dict.fromkeys(numbers)) or (0,)


def _asked(parameters: dict[str, str]) -> Asked:
    look = Look(filter=tree.read(parameters.get("filter", "")))
    return Asked(look=look, words=parameters.get("q", ""))
