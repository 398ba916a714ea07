"""Records that may be meant, from the surest way of finding them to the least sure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Result, Select, Text, bindparam, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.installation import current_installation
from concord.parties.models import Party
from concord.prepared import Build, execute, numbers
from concord.records.models import Record
from concord.records.sorting import LONGEST, normalised
from concord.search.asking import Asked, Token, ask
from concord.search.matching import Alternatives, Match, Shape, findable, in_documents, scopes_of
from concord.search.models import SearchDocument
from concord.search.ranking import Candidate, Way
from concord.search.tokens import is_han
from concord.search.typos import corrected
from concord.timeline.models import LastVisit

FROM_TITLES, FROM_NAMES, FROM_TEXT = 50, 200, 100
ENOUGH, FEW, FAMILIAR = 20, 3, 100
AROUND, COMPANIES, MOST_SPLIT = 30, 3, 4
FEWEST_LETTERS = 2
IN_SCOPES = SearchDocument.scope.in_(bindparam("scopes", type_=Text, expanding=True))
LAST = "\U0010ffff"


@dataclass(slots=True)
class Search:
    """One query by one actor over some kinds, with `archived` also of what is put away; collects
    what it finds."""

    session: Session
    actor: Actor
    asked: Asked
    kinds: Sequence[str]
    archived: bool = False
    found: dict[int, Candidate] = field(default_factory=dict)

    def run(self) -> list[Candidate]:
        """Everything found, in no order; each further step only where the ones before found few."""
        self._titles()
        self._named(_alternatives(self.asked), Way.NAME)
        if len(self.found) < ENOUGH:
            self._written()
        elif len(self.found) >= FROM_NAMES:
            self._known()
        if len(self.found) < FEW:
            self._together()
            self._misspelt()
        self._around()
        return list(self.found.values())

    def _titles(self) -> None:
        if len(self.asked.joined) < FEWEST_LETTERS:
            return  # one letter begins a tenth of all titles
        key = normalised(self.asked.text)[:LONGEST]
        face = Face.STAFF if not self.actor.outside else self.actor.face
        self._take(
            Way.NAME, _titled, face=face.value, scopes=self._scopes, key=key, beyond=key + LAST
        )

    def _named(self, alternatives: Alternatives, way: Way) -> None:
        self._take_matched(way, alternatives, FROM_NAMES, names_only=True)

    def _known(self) -> None:
        """Of very many that answer, those the actor has looked at before."""
        for row in self._execute(_visited, scopes=self._scopes):
            candidate = Candidate(**row._mapping, way=Way.NAME, familiar=True)
            if candidate.answers(self.asked):
                self.found[row.id] = candidate

    def _written(self) -> None:
        tokens = self.asked.tokens(last_only=True)
        self._take_matched(Way.TEXT, [tokens], FROM_TEXT)

    def _misspelt(self) -> None:
        """Other characters that sound the same, and words one letter apart."""
        alternatives = corrected(self.session, self.asked)
        alternatives.extend([Token(sound, open=True)] for sound in self.asked.sounds)
        if alternatives:
            self._named(alternatives, Way.GUESS)

    def _together(self) -> None:
        """Some words name a company, the others something of that company's."""
        words = self.asked.words[:MOST_SPLIT]
        for at in range(1, len(words)):
            for one, other in ((words[:at], words[at:]), (words[at:], words[:at])):
                companies = self._companies(one)
                if companies:
                    alternatives = _alternatives(ask(" ".join(other)))
                    match = self._match(alternatives, names_only=True)
                    self._take(
                        Way.TOGETHER,
                        _of_companies,
                        match.shape,
                        AROUND,
                        companies=companies,
                        **match.values,
                    )

    def _companies(self, words: Sequence[str]) -> list[int]:
        kinds = [kind for kind in _party_kinds() if kind in self.kinds]
        name = "".join(words)
        if not kinds or (len(name) < FEWEST_LETTERS and not is_han(name)):
            return []  # one letter names no company
        match = self._match(_alternatives(ask(" ".join(words))), names_only=True)
        found = execute(
            self.session, _companies_named, self.actor, tuple(kinds), match.shape, **match.values
        )
        return list(found.scalars())

    def _around(self) -> None:
        """What belongs to a company that is meant for sure."""
        sure = [c for c in self.found.values() if c.kind in _party_kinds() and c.sure(self.asked)]
        if not 0 < len(sure) <= COMPANIES:
            return
        companies = [candidate.record_id for candidate in sure]
        self._take(Way.AROUND, _belonging, scopes=self._scopes, companies=companies)

    @property
    def _scopes(self) -> list[str]:
        return scopes_of(self.actor)

    def _match(self, alternatives: Alternatives, *, names_only: bool = False) -> Match:
        return in_documents(self.session, alternatives, scopes=self._scopes, names_only=names_only)

    def _take_matched(
        self, way: Way, alternatives: Alternatives, most: int, *, names_only: bool = False
    ) -> None:
        match = self._match(alternatives, names_only=names_only)
        self._take(way, _matched, match.shape, most, **match.values)

    def _take(self, way: Way, build: Build, *key: Hashable, **values: object) -> None:
        for row in self._execute(build, *key, **values):
            self.found.setdefault(row.id, Candidate(**row._mapping, way=way))

    def _execute(self, build: Build, *key: Hashable, **values: object) -> Result[Any]:
        rows = Rows(tuple(self.kinds), self.archived)
        return execute(self.session, build, self.actor, rows, *key, **values)


class Rows(NamedTuple):
    """Which documents a statement looks at."""

    kinds: tuple[str, ...]
    archived: bool

    def for_(self, actor: Actor) -> Select[Any]:
        query: Any = select(
            SearchDocument.id,
            SearchDocument.record_id,
            SearchDocument.kind,
            SearchDocument.title,
            SearchDocument.title_key,
            SearchDocument.names,
            SearchDocument.aliases,
        )
        found: Select[Any] = query.where(findable(actor, self.kinds, archived=self.archived))
        return found


def _titled(actor: Actor, rows: Rows) -> Select[Any]:
    key = SearchDocument.title_key
    query = rows.for_(actor).where(
        SearchDocument.face == bindparam("face", type_=Text),
        IN_SCOPES,
        key >= bindparam("key", type_=Text),
        key < bindparam("beyond", type_=Text),
    )
    return query.order_by(key).limit(FROM_TITLES)


def _visited(actor: Actor, rows: Rows) -> Select[Any]:
    query = rows.for_(actor).join(LastVisit, LastVisit.record_id == SearchDocument.record_id)
    query = query.where(LastVisit.user_id == actor.user_id, IN_SCOPES)
    return query.order_by(LastVisit.at.desc()).limit(FAMILIAR)


def _matched(actor: Actor, rows: Rows, shape: Shape, most: int) -> Select[Any]:
    return shape.narrow(rows.for_(actor), SearchDocument.id).limit(most)


def _of_companies(actor: Actor, rows: Rows, shape: Shape, most: int) -> Select[Any]:
    query = _matched(actor, rows, shape, most)
    query = query.join(Record, Record.id == SearchDocument.record_id)
    return query.where(Record.company_id.in_(numbers("companies")))


def _companies_named(actor: Actor, kinds: tuple[str, ...], shape: Shape) -> Select[Any]:
    query = select(SearchDocument.record_id).where(findable(actor, kinds))
    return shape.narrow(query, SearchDocument.id).limit(ENOUGH)


def _belonging(actor: Actor, rows: Rows) -> Select[Any]:
    query = rows.for_(actor).join(Record, Record.id == SearchDocument.record_id)
    query = query.where(IN_SCOPES, Record.company_id.in_(numbers("companies")))
    return query.order_by(SearchDocument.id.desc()).limit(AROUND)


def _alternatives(asked: Asked) -> Alternatives:
    """All words, or the whole as one: "138 1234" and "hua dong" are written without spaces too."""
    whole = Token(asked.joined, open=True)
    words = asked.tokens()
    return [words] if len(asked.words) == 1 else [words, [whole]]


def _party_kinds() -> set[str]:
    return {each.kind for each in current_installation().records if issubclass(each.model, Party)}
