"""Searching as somebody, by every door there is."""

import html

from concord.search.entries import search_entries
from concord.search.palette import look
from concord.search.queries import Hit, search
from tests.world import World


def found(world: World, person: str, text: str) -> list[Hit]:
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        return search(session, actor, text)


def found_words(world: World, person: str, text: str) -> list[Hit]:
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        return search_entries(session, actor, text)


def titles(hits: list[Hit]) -> set[str]:
    return {hit.title for hit in hits}


def said(world: World, person: str, text: str) -> str:
    """Whatever the API and the pages answer, without the words that were asked for."""
    program = world.api(person).get("/api/v1/search", query_string={"q": text})
    assert program.status_code == 200
    outside = world.actor(person).outside
    paths = ("/portal/search",) if outside else ("/search", "/search/palette")
    browser = world.client(person)
    answers = [program.text]
    for path in paths:
        answer = browser.fragment(path, query_string={"q": text})
        assert answer.status_code == 200, path
        answers.append(html.unescape(answer.text))
    return "\n".join(answers)


def palette(world: World, person: str, text: str):  # type: ignore[no-untyped-def]
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        return look(session, actor, text)
