"""C11, H02: every box that takes words takes them as they are, once, and up to an end."""

import time
from urllib.parse import quote

import pytest

from tests.world import World, fingerprint

BOXES = (
    ("lin", "/customers?q={}"), ("lin", "/suppliers?q={}"), ("lin", "/contacts?q={}"),
    ("lin", "/tasks?q={}"), ("lin", "/knowledge?q={}"), ("lin", "/date-requests?q={}"),
    ("lin", "/search?q={}"), ("lin", "/search/palette?q={}"), ("na", "/settings/people?q={}"),
    ("zhou", "/portal/knowledge?q={}"), ("zhou", "/portal/search?q={}"),
    ("lin", "/customers?filter=name:contains:{}"), ("lin", "/records/{huadong}/mentionable?q={}"),
)  # fmt: skip
PROGRAMS = ("/api/v1/companies?q={}", "/api/v1/companies?name.contains={}",
            "/api/v1/companies?filter=name:starts:{}", "/api/v1/contacts?q={}")  # fmt: skip
WORDS = "Huadong"
WILD = ("%25", "_", "H%25g", "Hu_dong", "%25dong", "[A-Z]", "H.*", "^H", "H*", "?????")
SLOW = ("(a+)+$", "(.*a){20}", "a" * 199 + "!", "%25" * 60 + "z")
MOST_SECONDS = 10


def address(world: World, pattern: str, words: str) -> str:
    filled = pattern.replace("{huadong}", str(world.records["huadong"]))
    return filled.replace("{}", words)


@pytest.mark.parametrize("pattern", PROGRAMS)
def test_a_wildcard_is_a_letter_for_programs(any_world: World, pattern: str) -> None:
    """C11: on both engines; the word itself is found."""
    lin = any_world.api("lin")
    for words in WILD:
        found = lin.get(address(any_world, pattern, words))
        assert found.status_code == 200, words
        assert "Huadong Precision" not in found.text, words
    if "contacts" not in pattern:
        assert "Huadong Precision" in lin.get(address(any_world, pattern, WORDS)).text


@pytest.mark.parametrize("pattern", ["/customers?q={}", "/customers?filter=name:contains:{}"])
def test_a_wildcard_is_a_letter_on_a_list(any_world: World, pattern: str) -> None:
    """C11."""
    lin = any_world.client("lin")
    for words in WILD:
        assert ">Huadong Precision<" not in lin.get(address(any_world, pattern, words)).text, words
    assert ">Huadong Precision<" in lin.get(address(any_world, pattern, WORDS)).text


@pytest.mark.parametrize(("person", "pattern"), BOXES)
def test_no_words_take_long_to_look_for(world: World, person: str, pattern: str) -> None:
    """C11: expressions that would run for ever are words; of very many words none is looked for."""
    browser = world.client(person)
    for words in SLOW:
        began = time.process_time()
        path = address(world, pattern, words if "%25" in words else quote(words, safe=""))
        assert browser.get(path).status_code in (200, 422), path
        assert time.process_time() - began < MOST_SECONDS, path
    began = time.process_time()
    answer = browser.get(address(world, pattern, "a" * 1_000_000))
    assert answer.status_code in (200, 422), answer.status_code
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize(
    "query",
    [
        "filter=tier:is:gold&filter=tier:is:silver", "sort=name&sort=-name",
        "group=tier&group=owner", "view=1&view=2", "layout=list&layout=board",
        "columns=name&columns=tier",
    ],
)  # fmt: skip
def test_a_list_is_asked_for_one_thing(world: World, query: str) -> None:
    """H02: of two filters, orders or views none is silently the one that counts."""
    before = fingerprint(world)
    lin = world.client("lin")
    assert lin.get(f"/customers?{query}").status_code == 422
    for verb in ("archive", "export"):
        asked = lin.post(f"/lists/customers/bulk/{verb}?{query}", data={"all": "1"})
        assert asked.status_code == 422, verb
    assert fingerprint(world) == before
