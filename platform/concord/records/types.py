"""Which kinds of record this installation knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from flask import url_for
from flask_babel import LazyString

from concord.actors import Actor, Face
from concord.policy import Policy
from concord.records.models import Record
from concord.search.types import SearchType

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType(Generic[R]):
    """A kind of record: its model, who sees it, what it is called, where it is shown.

    `endpoint` takes the id as `record_id`; `portal_endpoint` is its page for people outside.
    `search` says how it is found; without it, by its title, by staff.
    """

    kind: str
    model: type[R]
    policy: Policy[R]
    label: LazyString
    icon: str
    endpoint: str
    portal_endpoint: str | None = None
    search: SearchType[R] | None = None

    def url(self, record_id: int, face: Face = Face.STAFF, **more: object) -> str | None:
        """Where a person on `face` opens the record; None where there is no such page."""
        outside = face in (Face.CUSTOMER, Face.SUPPLIER)
        endpoint = self.portal_endpoint if outside else self.endpoint
        return url_for(endpoint, record_id=record_id, **more) if endpoint else None  # type: ignore[arg-type]

    def entry_url(self, record_id: int, entry_id: int, face: Face = Face.STAFF) -> str | None:
        """Where an entry is read on the record's timeline, however far down it stands."""
        return self.url(record_id, face, at=entry_id, _anchor=f"entry-{entry_id}")

    def seen_by(self, actor: Actor) -> Any:
        return self.policy.visible(actor)


AnyRecordType: TypeAlias = RecordType[Any]


class RecordTypes:
    """The registered kinds; records of a kind that is not here are hidden and kept."""

    def __init__(self, types: Iterable[AnyRecordType] = ()) -> None:
        self._by_kind: dict[str, AnyRecordType] = {}
        for record_type in types:
            if record_type.kind in self._by_kind:
                raise LookupError(f"two modules define the record kind {record_type.kind!r}")
            self._by_kind[record_type.kind] = record_type

    def __iter__(self) -> Any:
        return iter(self._by_kind.values())

    def get(self, kind: str) -> AnyRecordType | None:
        return self._by_kind.get(kind)

    def __getitem__(self, kind: str) -> AnyRecordType:
        return self._by_kind[kind]

    def kinds(self) -> list[str]:
        return list(self._by_kind)
