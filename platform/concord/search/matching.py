"""Asking each engine's own index: one statement that also asks who may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from concord.actors import Actor, Face, Scope
from concord.installation import current_installation
from concord.lists.registry import every_list
from concord.records.models import Record
from concord.search.asking import Token
from concord.search.models import SearchDocument
from concord.search.preparing import STAFF_SCOPE, scope_of
from concord.search.tokens import is_paired

Alternatives = Sequence[Sequence[Token]]
DOCUMENTS, ENTRIES = "concord_search_index", "concord_search_entry_index"


def scopes_of(actor: Actor) -> list[str]:
    """The rows that an actor starts from: outside, those of the own company and of everybody."""
    if not actor.outside:
        return [STAFF_SCOPE]
    return [scope_of(actor.face, actor.company_id), scope_of(actor.face, None)]


class Step(Enum):
    """The ways: SQLite's index, and the three of PostgreSQL."""

    FTS = "fts"
    LETTERS = "letters"
    LIKELY = "likely"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Shape:
    """How an index is asked: all of a statement but the words, which are its parameters.

    `vector` is the column of PostgreSQL's index in which they are looked for.
    """

    index: str
    vector: str
    step: Step

    def narrow(self, query: Select[Any], key: Any) -> Select[Any]:
        """`query` narrowed to documents in which all tokens of one alternative stand, newest
        first; `key` is its column with the number of a document."""
        index = table(self.index, column("id"), column("rowid"))
        if self.step is Step.FTS:
            # FTS5 gives its rows newest first by itself, and stops when enough are found.
            words = literal_column(index.name).op("MATCH")(bindparam("match", type_=Text))
            joined = query.join(index, index.c.rowid == key)
            return joined.where(words).order_by(index.c.rowid.desc())
        held: Any = literal_column(f"{self.index}.{self.vector}")
        # The function is not the operator: it looks at rows that were found, not into the index.
        exact = func.ts_match_vq(held, cast(bindparam("exact", type_=Text), TSQUERY))
        if self.step is Step.LETTERS:
            # Every third row holds it: the newest are read until there are enough.
            return query.join(index, index.c.id == key).where(exact).order_by(index.c.id.desc())
        matched: Any = held.op("@@")(cast(bindparam("likely", type_=Text), TSQUERY))
        if self.step is Step.LIKELY:
            matched = and_(matched, exact)
        # Found and put in order first, so that who may see is asked only until there are enough.
        found = select(index.c.id).where(matched).order_by(index.c.id.desc()).subquery("matched")
        return query.join(found, found.c.id == key).order_by(found.c.id.desc())


@dataclass(frozen=True, slots=True)
class Match:
    """What is asked of an index: a shape, and its parameters."""

    shape: Shape
    values: Mapping[str, str]


def in_documents(
    session: Session,
    alternatives: Alternatives,
    *,
    scopes: Sequence[str],
    names_only: bool = False,
) -> Match:
    """Documents with all tokens of one alternative, in the names or anywhere."""
    columns = ("names", "aliases") if names_only else ("names", "aliases", "body")
    vector = "names" if names_only else "everything"
    return _match(session, DOCUMENTS, vector, columns, alternatives, scopes)


def in_entries(session: Session, alternatives: Alternatives, *, scopes: Sequence[str]) -> Match:
    """The same for timeline entries; the staff's have no scope."""
    return _match(session, ENTRIES, "words", ("words",), alternatives, scopes)


def findable(actor: Actor, kinds: Iterable[str], *, archived: bool = False) -> ColumnElement[bool]:
    """SQL: the document's record is one that `actor` may open; each kind by its own policy. With
    `archived` also what is put away, where the actor may bring it back."""
    wanted = set(kinds)
    types = [each for each in current_installation().records if each.kind in wanted]
    seen = [(each, each.policy.visible(actor)) for each in types]
    if archived:
        rights = restorable(actor)
        seen += [(each, put_away(actor, each, rights[each.kind])) for each in types
                 if each.kind in rights]  # fmt: skip
    found = (
        and_(SearchDocument.kind == each.kind, _seen(actor, each, query, SearchDocument.record_id))
        for each, query in seen
    )
    return or_(false(), *found)


def restorable(actor: Actor) -> dict[str, str]:
    """By kind, the right by which what is put away stands in its list and comes back from there."""
    rights = ((found.kind, found.permission_restore) for found in every_list())
    return {kind: right for kind, right in rights if right and actor.may(right)}


def put_away(actor: Actor, record_type: Any, permission: str) -> Select[Any]:
    """The archived records that the actor may bring back."""
    archived: Select[Any] = record_type.policy.visible(actor, archived=True)
    return archived.where(record_type.policy.writable(actor, permission))


def _seen(
    actor: Actor, record_type: Any, visible: Select[Any], record_id: Any
) -> ColumnElement[bool]:
    """Row by row where everything is seen, else against the list of what is: it is short."""
    seen = visible.with_only_columns(Record.id, maintain_column_froms=True)
    if actor.scope(record_type.policy.read) is Scope.ALL or actor.face is Face.SYSTEM:
        # Not EXISTS: PostgreSQL may answer that by reading all that is seen into a hash first.
        one = seen.where(Record.id == record_id).correlate(record_id.class_).scalar_subquery()
        found: ColumnElement[bool] = one.is_not(None)
        return found
    # Not correlated: the statement around it may have records of its own.
    return record_id.in_(seen.correlate(None))  # type: ignore[no-any-return]


def _on_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _match(
    session: Session,
    index: str,
    vector: str,
    columns: Sequence[str],
    alternatives: Alternatives,
    scopes: Sequence[str],
) -> Match:
    if not _on_postgres(session):
        match = _fts_query(columns, alternatives, scopes)
        return Match(Shape(index, vector, Step.FTS), {"match": match})
    exact = _tsquery(alternatives, scopes)
    if not _few(scopes) and all(_is_letter(token) for group in alternatives for token in group):
        return Match(Shape(index, vector, Step.LETTERS), {"exact": exact})
    likely = _tsquery(_without_letters(alternatives, scopes), scopes)
    step = Step.EXACT if likely == exact else Step.LIKELY
    return Match(Shape(index, vector, step), {"exact": exact, "likely": likely})


def _fts_query(columns: Sequence[str], alternatives: Alternatives, scopes: Sequence[str]) -> str:
    groups = [" AND ".join(_fts_token(token) for token in group) for group in alternatives]
    match = f"{{{' '.join(columns)}}} : ({' OR '.join(f'({group})' for group in groups)})"
    return f"scope : ({' OR '.join(scopes)}) AND {match}" if scopes else match


def _fts_token(token: Token) -> str:
    return f'"{token.text}"{" *" if token.open else ""}'


def _tsquery(alternatives: Alternatives, scopes: Sequence[str]) -> str:
    groups = [" & ".join(_lexeme(token) for token in group) for group in alternatives]
    within = " | ".join(_lexeme(Token("=" + scope)) for scope in scopes)
    parts = (within, " | ".join(f"({group})" for group in groups) if all(groups) else "")
    return " & ".join(f"({part})" for part in parts if part)


def _without_letters(alternatives: Alternatives, scopes: Sequence[str]) -> Alternatives:
    """Beside a longer word, or within one company, one letter leaves nearly as much as none, and
    for it half of the index would be read."""
    longer = [[token for token in group if not _is_letter(token)] for group in alternatives]
    return (
        longer
        if _few(scopes)
        else [rest or group for rest, group in zip(longer, alternatives, strict=True)]
    )


def _few(scopes: Sequence[str]) -> bool:
    """The scopes are those of one company: few rows, which the index finds by them alone."""
    return bool(scopes) and STAFF_SCOPE not in scopes


def _is_letter(token: Token) -> bool:
    return token.open and len(token.text) == 1 and not is_paired(token.text)


def _lexeme(token: Token) -> str:
    """Quoted: PostgreSQL takes it as it is. Tokens hold letters and digits only."""
    return f"'{token.text}'{':*' if token.open else ''}"
