"""What an open page has shown of a timeline, and how it learns of what came since."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Shown:
    """Position and entry of each, in order; `at_once` is how many it asks for at most."""

    record_id: int
    at_once: int
    position: int = 0
    seen: list[tuple[int, int]] = field(default_factory=list)

    def catch_up(self, ask: Callable[[str], dict[str, Any]]) -> None:
        """Ask for what came after the last position until there is nothing more; `ask` gives what
        the API answers to a path. What it raises leaves all that was shown until then."""
        while True:
            page = ask(
                f"/api/v1/records/{self.record_id}/timeline"
                f"?after={self.position}&limit={self.at_once}"
            )
            for entry in reversed(page["items"]):
                self.seen.append((entry["position"], entry["id"]))
                self.position = entry["position"]
            if page["next"] is None:
                return
