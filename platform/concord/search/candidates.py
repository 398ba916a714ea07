"""Records that may be meant, from the surest way of finding them to the least sure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.installation import current_installation
from concord.parties.models import Party
from concord.records.models import Record
from concord.records.sorting import LONGEST, normalised
from concord.search.asking import Asked, Token, ask
from concord.search.matching import Alternatives, findable, in_index, scopes_of
from concord.search.models import SearchDocument
from concord.search.ranking import Candidate, Way
from concord.search.tokens import is_han
from concord.search.typos import corrected
from concord.timeline.models import LastVisit

FROM_TITLES, FROM_NAMES, FROM_TEXT = 50, 200, 100
ENOUGH, FEW, FAMILIAR = 20, 3, 100
AROUND, COMPANIES, MOST_SPLIT = 30, 3, 4
FEWEST_LETTERS = 2
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
        query = self._rows().where(
            SearchDocument.face == face.value,
            SearchDocument.scope.in_(scopes_of(self.actor)),
            SearchDocument.title_key >= key,
            SearchDocument.title_key < key + LAST,
        )
        self._take(query.order_by(SearchDocument.title_key).limit(FROM_TITLES), Way.NAME)

    def _named(self, alternatives: Alternatives, way: Way) -> None:
        self._take(self._matched(alternatives, names_only=True).limit(FROM_NAMES), way)

    def _known(self) -> None:
        """Of very many that answer, those the actor has looked at before."""
        query = self._rows().join(LastVisit, LastVisit.record_id == SearchDocument.record_id)
        query = query.where(
            LastVisit.user_id == self.actor.user_id,
            SearchDocument.scope.in_(scopes_of(self.actor)),
        )
        query = query.order_by(LastVisit.at.desc()).limit(FAMILIAR)
        for row in self.session.execute(query):
            candidate = Candidate(**row._mapping, way=Way.NAME, familiar=True)
            if candidate.answers(self.asked):
                self.found[row.id] = candidate

    def _written(self) -> None:
        tokens = self.asked.tokens(last_only=True)
        self._take(self._matched([tokens], names_only=False).limit(FROM_TEXT), Way.TEXT)

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
                    query = self._matched(_alternatives(ask(" ".join(other))), names_only=True)
                    query = query.join(Record, Record.id == SearchDocument.record_id)
                    self._take(
                        query.where(Record.company_id.in_(companies)).limit(AROUND), Way.TOGETHER
                    )

    def _companies(self, words: Sequence[str]) -> list[int]:
        kinds = [kind for kind in _party_kinds() if kind in self.kinds]
        name = "".join(words)
        if not kinds or (len(name) < FEWEST_LETTERS and not is_han(name)):
            return []  # one letter names no company
        query = in_index(
            self.session,
            select(SearchDocument.record_id).where(findable(self.actor, kinds)),
            SearchDocument.id,
            _alternatives(ask(" ".join(words))),
            scopes=scopes_of(self.actor),
            names_only=True,
        )
        return list(self.session.scalars(query.limit(ENOUGH)))

    def _around(self) -> None:
        """What belongs to a company that is meant for sure."""
        sure = [c for c in self.found.values() if c.kind in _party_kinds() and c.sure(self.asked)]
        if not 0 < len(sure) <= COMPANIES:
            return
        query = self._rows().join(Record, Record.id == SearchDocument.record_id)
        query = query.where(
            SearchDocument.scope.in_(scopes_of(self.actor)),
            Record.company_id.in_([candidate.record_id for candidate in sure]),
        )
        self._take(query.order_by(SearchDocument.id.desc()).limit(AROUND), Way.AROUND)

    def _rows(self) -> Select[Any]:
        query: Any = select(
            SearchDocument.id,
            SearchDocument.record_id,
            SearchDocument.kind,
            SearchDocument.title,
            SearchDocument.title_key,
            SearchDocument.names,
            SearchDocument.aliases,
        )
        narrowed: Select[Any] = query.where(
            findable(self.actor, self.kinds, archived=self.archived)
        )
        return narrowed

    def _matched(self, alternatives: Alternatives, *, names_only: bool) -> Select[Any]:
        return in_index(
            self.session,
            self._rows(),
            SearchDocument.id,
            alternatives,
            scopes=scopes_of(self.actor),
            names_only=names_only,
        )

    def _take(self, query: Select[Any], way: Way) -> None:
        for row in self.session.execute(query):
            self.found.setdefault(row.id, Candidate(**row._mapping, way=way))


def _alternatives(asked: Asked) -> Alternatives:
    """All words, or the whole as one: "138 1234" and "hua dong" are written without spaces too."""
    whole = Token(asked.joined, open=True)
    words = asked.tokens()
    return [words] if len(asked.words) == 1 else [words, [whole]]


def _party_kinds() -> set[str]:
    return {each.kind for each in current_installation().records if issubclass(each.model, Party)}
