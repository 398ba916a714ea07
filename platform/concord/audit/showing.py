"""Rows of the audit as their reader reads them: names for ids, links to records, one line a change.

Who may read the audit reads all of it; a record's name is shown only to who may open the record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.audit import wording
from concord.audit.columns import columns_of, said
from concord.audit.models import NAMED
from concord.identity.models import Role, Team, User
from concord.installation import current_installation
from concord.lists.fields import Field
from concord.records.access import titles, visible_ids
from concord.web import formatting

NOISE = frozenset({"known", NAMED})
BY_ONESELF = frozenset({"signed_in", "signed_out"})
NAMING = ("email", "name", "user_id", "role_id", "company_id")
PEOPLE = frozenset({"owner_id", "user_id", "assignee_id", "invited_by_id", "uploaded_by_id"})


@dataclass(frozen=True, slots=True)
class Change:
    """One column; `secret` changed without saying how, `plain` has a value and no before."""

    label: str
    before: str = ""
    after: str = ""
    secret: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `erased` says that a person's name or words were taken out of it."""

    id: int
    at: datetime
    who: str
    who_id: int | None
    did: str
    refused: bool
    what: str
    name: str
    url: str | None
    table: str | None
    row_id: int | None
    changes: tuple[Change, ...]
    address: str
    request_id: str
    number: int | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids on a page are called."""

    people: Mapping[int, str]
    teams: Mapping[int, str]
    roles: Mapping[int, str]
    records: Mapping[int, str]
    columns: Mapping[str, Mapping[str, Field]]


def lines(session: Session, actor: Actor, rows: Sequence[Any]) -> list[Line]:
    kinds, called = wording.record_tables(), wording.tables()
    names = _names(session, actor, rows, kinds)
    return [_line(row, names, kinds, called) for row in rows]


def _line(row: Any, names: Names, kinds: Mapping[str, str], called: Mapping[str, str]) -> Line:
    kind = kinds.get(row.table or "")
    return Line(
        id=row.id,
        at=row.at,
        who=row.actor_name,
        who_id=row.actor_id,
        did=wording.action(row.action),
        refused=row.action in ("refused", "sign_in_failed"),
        what="" if row.action in BY_ONESELF else called.get(row.table or "", row.table or ""),
        name="" if row.action in BY_ONESELF else _name(row, kind, names),
        url=_url(row, kind, names),
        table=row.table,
        row_id=row.row_id,
        changes=tuple(_changes(row.changes, kind, names)),
        address=row.address or "",
        request_id=row.request_id or "",
        number=row.sequence,
        erased=row.sequence is not None and None in (row.who_salt, row.what_salt),
    )


def _name(row: Any, kind: str | None, names: Names) -> str:
    if named := row.changes.get(NAMED):
        parts = [(column, named[column]) for column in NAMING if named.get(column) is not None]
        return " · ".join(_value(column, value, names) for column, value in parts)
    if row.row_id is None:
        return ""
    by_table = {
        "concord_users": names.people, "concord_teams": names.teams, "concord_roles": names.roles,
    }  # fmt: skip
    known = names.records if kind else by_table.get(row.table or "", {})
    return known.get(row.row_id, f"#{row.row_id}")


def _url(row: Any, kind: str | None, names: Names) -> str | None:
    if kind is not None and row.row_id in names.records:
        return current_installation().records[kind].url(row.row_id)
    if row.table == "concord_users" and row.row_id in names.people:
        return url_for("identity.person", user_id=row.row_id)
    return None


def _changes(changes: Mapping[str, Any], kind: str | None, names: Names) -> Iterator[Change]:
    for column, change in sorted(changes.items()):
        if column in NOISE:
            continue
        known = names.columns.get(kind or "", {}).get(column)
        label = str(known.label) if known is not None else wording.column(column)
        if change is None:
            yield Change(label, secret=True)
        elif not isinstance(change, list) or len(change) != 2:
            yield Change(label, after=_value(column, change, names, known), plain=True)
        elif all(isinstance(side, Mapping) for side in change):
            yield from _of_mappings(*change)
        elif all(isinstance(side, list) for side in change):
            yield _of_lists(label, *change)
        else:
            before, after = (_value(column, side, names, known) for side in change)
            yield Change(label, before, after)


def _of_mappings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Of two mappings only the keys that differ."""
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            sides = wording.value(before.get(key)), wording.value(after.get(key))
            yield Change(key, *sides)


def _of_lists(label: str, before: Sequence[Any], after: Sequence[Any]) -> Change:
    """Of two lists what went and what came."""
    went = [item for item in before if item not in after]
    came = [item for item in after if item not in before]
    return Change(label, wording.value(went) if went else "", wording.value(came) if came else "")


def _value(column: str, value: Any, names: Names, field: Field | None = None) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        known = _names_for(column, names)
        return known.get(value, f"#{value}" if column.endswith("_id") else str(value))
    if isinstance(value, str) and column.endswith("_at"):
        try:
            return formatting.full_moment(datetime.fromisoformat(value))
        except ValueError:
            return wording.value(value)
    if isinstance(value, str):
        value = said(field, value) if field is not None else wording.choice(column, value)
    return wording.value(value)


def _names_for(column: str, names: Names) -> Mapping[int, str]:
    if column in PEOPLE:
        return names.people
    if column == "team_id":
        return names.teams
    if column == "role_id":
        return names.roles
    return names.records if column in ("company_id", "record_id") else {}


def _names(session: Session, actor: Actor, rows: Sequence[Any], kinds: Mapping[str, str]) -> Names:
    mentioned: dict[str, set[int]] = {"people": set(), "records": set()}
    for row in rows:
        if row.table == "concord_users" and row.row_id:
            mentioned["people"].add(row.row_id)
        for column, sides in _sides(row.changes):
            ids = {side for side in sides if type(side) is int}
            if column in PEOPLE:
                mentioned["people"] |= ids
            elif column in ("company_id", "record_id"):
                mentioned["records"] |= ids
    return Names(
        people=_named(session, User, mentioned["people"]),
        teams=_named(session, Team),
        roles={key: gettext(name) for key, name in _named(session, Role).items()},
        records=_records(session, actor, rows, kinds, mentioned["records"]),
        columns={kind: columns_of(kind) for kind in {kinds.get(row.table) for row in rows} if kind},
    )


def _sides(changes: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Every value that was or became, by its column."""
    for column, value in changes.get(NAMED, {}).items():
        yield column, [value]
    for column, change in changes.items():
        if isinstance(change, list):
            yield column, change


def _named(
    session: Session, model: type[User] | type[Team] | type[Role], ids: Iterable[int] | None = None
) -> dict[int, str]:
    query = select(model.id, model.name)
    if ids is not None:
        query = query.where(model.id.in_(set(ids)))
    return dict(session.execute(query).all())


def _records(
    session: Session,
    actor: Actor,
    rows: Sequence[Any],
    tables: Mapping[str, str],
    companies: set[int],
) -> dict[int, str]:
    """The names of those records that the reader may open."""
    kinds = {row.row_id: tables[row.table] for row in rows if row.table in tables and row.row_id}
    company = next((kind for kind in tables.values() if kind == "company"), None)
    if company is not None:
        kinds |= dict.fromkeys(companies - kinds.keys(), company)
    return titles(session, visible_ids(session, actor, kinds)) if kinds else {}
