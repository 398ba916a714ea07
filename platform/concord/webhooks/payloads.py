"""What a webhook says: the fact, what it was done to, by whom, and where to read on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from concord.actors import Actor, Audience
from concord.installation import current_installation
from concord.records.models import Record
from concord.timeline.models import Entry
from concord.webhooks.events import PING


@dataclass(frozen=True, slots=True)
class Place:
    """The record a message is about, as its reader may open it."""

    id: int
    kind: str
    title: str

    @classmethod
    def of(cls, record: Record) -> "Place":
        return cls(record.id, record.kind, record.title)

    def shown(self) -> dict[str, Any]:
        base = current_installation().settings.base_url.rstrip("/")
        url = f"{base}/records/{self.id}"
        return {"id": self.id, "kind": self.kind, "title": self.title, "url": url}


def message_id(webhook_id: int, entry_id: int) -> str:
    """The same whenever it is sent: by it the receiver knows that it was there before."""
    return f"msg_{webhook_id}_{entry_id}"


def message(
    identifier: str,
    entry: Entry,
    payload: dict[str, Any],
    place: Place,
    *,
    audience: Audience,
    position: int,
    stream: int,
) -> dict[str, Any]:
    """A message of a fact. `position` counts the owner's own stream of the record `stream`."""
    data = {
        "entry_id": entry.id,
        "record": place.shown(),
        "actor": {"id": entry.actor_id, "name": entry.actor_name, "kind": entry.actor_face},
        "audience": audience.word,
        "timeline": {"record_id": stream, "position": position},
        "fact": payload,
    }
    return _envelope(identifier, entry.fact_type, entry.at, data)


def ping(identifier: str, hook: Record, actor: Actor, moment: datetime) -> dict[str, Any]:
    """What a test says: who asked for it, for which webhook."""
    data = {
        "record": Place.of(hook).shown(),
        "actor": {"id": actor.user_id, "name": actor.name, "kind": actor.face.value},
    }
    return _envelope(identifier, PING, moment, data)


def _envelope(
    identifier: str, event: str, moment: datetime, data: dict[str, Any]
) -> dict[str, Any]:
    said = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {"id": identifier, "type": event, "timestamp": said, "data": data}
