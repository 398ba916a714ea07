"""What may be asked of the audit: who, what, which row, when, from where."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.audit import wording
from concord.audit.models import AuditRow
from concord.database.paging import Page, page_of_rows

LARGEST_ID = 2**63 - 1
LONGEST_ADDRESS = 45
SYSTEM = "system"
ORDER = (AuditRow.at.desc(), AuditRow.id.desc())
COLUMNS = tuple(AuditRow.__table__.columns)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of one look, as they stand in the address; what makes no sense is left out."""

    who: str = ""
    action: str = ""
    table: str = ""
    row: int | None = None
    record: int | None = None
    since: date | None = None
    until: date | None = None
    address: str = ""

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> "Asked":
        who = given.get("who", "")
        return cls(
            who=who if who == SYSTEM or _id(who) else "",
            action=_one_of(given.get("action", ""), wording.ACTIONS),
            table=_one_of(given.get("table", ""), wording.tables()),
            row=_id(given.get("row", "")),
            record=_id(given.get("record", "")),
            since=_day(given.get("since", "")),
            until=_day(given.get("until", "")),
            address=given.get("address", "").strip()[:LONGEST_ADDRESS],
        )

    @property
    def given(self) -> dict[str, str]:
        """Only what is asked for."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    def query(self, **changed: Any) -> str:
        """The filters as the end of an address, some of them other ones."""
        kept = {name: value for name, value in {**self.given, **changed}.items() if value}
        return "?" + urlencode(kept) if kept else ""

    def selection(self, timezone: str) -> Select[Any]:
        """The rows; days are those of the reader's time zone."""
        query = select(*COLUMNS)
        if self.who:
            actor_id = None if self.who == SYSTEM else int(self.who)
            query = query.where(AuditRow.actor_id == actor_id)
        if self.action:
            query = query.where(AuditRow.action == self.action)
        if self.table:
            query = query.where(AuditRow.table == self.table)
        if self.row:
            query = query.where(AuditRow.row_id == self.row)
        if self.record:
            of_records = AuditRow.table.in_(wording.record_tables())
            query = query.where(of_records, AuditRow.row_id == self.record)
        if self.since:
            query = query.where(AuditRow.at >= _start(self.since, timezone))
        if self.until:
            query = query.where(AuditRow.at < _start(self.until + timedelta(days=1), timezone))
        if self.address:
            query = query.where(AuditRow.address == self.address)
        return query


def found(session: Session, actor: Actor, asked: Asked, cursor: str | None = None) -> Page[Any]:
    """A page of rows, the newest first."""
    return page_of_rows(session, asked.selection(actor.timezone), order=ORDER, cursor=cursor)


def _start(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)


def _id(text: str) -> int | None:
    if not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year < 9999 else None


def _one_of(text: str, known: Any) -> str:
    return text if text in known else ""
