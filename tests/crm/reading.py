"""What a page says, for tests that read pages as people do."""

import html
import re
from typing import Any

from tests.world import World

UNSAID = re.compile(r"<(script|style|template)\b.*?</\1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def said(response: Any) -> str:
    """The words of a page or fragment, without its markup."""
    text = TAGS.sub(" ", UNSAID.sub(" ", response.get_data(as_text=True)))
    return " ".join(html.unescape(text).split())


def change(world: World, person: str, form: dict[str, str], key: str = "huadong") -> Any:
    """Change fields of a company in place."""
    path = f"/customers/{world.records[key]}"
    return world.client(person).fragment(path, method="PATCH", data=form)


def timeline(world: World, person: str, key: str) -> list[str]:
    """The sentences on a record's timeline, newest first, as `person` reads them."""
    answer = world.api(person).get(f"/api/v1/records/{world.records[key]}/timeline")
    assert answer.status_code == 200, answer.text
    return [entry["sentence"] for entry in answer.get_json()["items"]]


def company(world: World, person: str, key: str) -> dict[str, Any]:
    answer = world.api(person).get(f"/api/v1/companies/{world.records[key]}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found
