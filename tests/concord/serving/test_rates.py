"""How often programs may ask: said in headers, refused politely, forgiven when Redis is away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from redis import Redis

from concord.app import create_app
from tests.servers.redis import RedisServer
from tests.world import World
from wsgi import MODULES

COUNTING = ("evalsha", "get", "ttl")


def rated(world: World, **settings: object) -> World:
    """The same house with other limits."""
    chosen = replace(world.installation.settings, **settings)  # type: ignore[arg-type]
    app = create_app(chosen, MODULES)
    found = World(app, app.extensions["concord"], world.people, world.records)
    found._tokens.update(world._tokens)
    return found


@pytest.fixture
def strict(world: World) -> Iterator[World]:
    found = rated(world, api_rate=4)
    yield found
    found.installation.database.dispose()


def test_every_answer_says_how_much_is_left(world: World) -> None:
    usual = rated(world, api_rate=6000)
    lin = usual.api("lin")
    first, second = (lin.get("/api/v1/companies") for _ in range(2))
    assert first.headers["RateLimit-Limit"] == "6000"
    left = int(first.headers["RateLimit-Remaining"])
    assert int(second.headers["RateLimit-Remaining"]) == left - 1
    assert 1 <= int(first.headers["RateLimit-Reset"]) <= 60
    assert first.headers["RateLimit-Policy"] == "12000;w=60, 6000;w=60"
    assert "RateLimit-Limit" not in usual.client("lin").get("/customers").headers
    usual.installation.database.dispose()


def test_a_token_that_asks_too_often_is_told_when_to_come_back(strict: World) -> None:
    lin, maya = strict.api("lin"), strict.api("maya")
    answers = [lin.get("/api/v1/companies") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    refused = answers[-1]
    assert refused.content_type == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert refused.get_json()["status"] == 429
    assert maya.get("/api/v1/companies").status_code == 200, "each token by itself"
    assert strict.client("lin").get("/customers").status_code == 200, "pages are not counted"


def test_changing_tokens_does_not_help_an_address(strict: World) -> None:
    program = strict.api(None)
    statuses = [
        program.get("/api/v1/companies", headers={"Authorization": f"Bearer no{n}"}).status_code
        for n in range(9)
    ]
    assert statuses == [401] * 8 + [429]


def test_a_forwarded_address_is_not_believed(strict: World) -> None:
    program = strict.api(None)
    statuses = [
        program.get("/api/v1/companies", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
        for n in range(9)
    ]
    assert statuses[-1] == 429


def test_costly_pages_are_counted_by_person(world: World) -> None:
    lin = world.client("lin")
    found = lin.get("/search?q=huadong")
    assert (found.status_code, found.headers["RateLimit-Limit"]) == (200, "120")
    last = [lin.get("/search?q=x").status_code for _ in range(120)][-1]
    assert last == 429
    page = lin.get("/search?q=x")
    assert "Too many requests" in page.text
    assert world.client("maya").get("/search?q=x").status_code == 200
    assert lin.get("/customers").status_code == 200


def test_redis_is_asked_once_for_each_limit(world: World, redis_server: RedisServer) -> None:
    house = rated(world, api_rate=6000, redis_url=redis_server.url)
    lin = house.api("lin")
    lin.get("/api/v1/companies")
    with Redis.from_url(redis_server.url) as redis:
        before = questions(redis)
        assert "RateLimit-Remaining" in lin.get("/api/v1/companies").headers
        assert questions(redis) - before == 2, "one for the token, one for its address"
    house.installation.database.dispose()


def questions(redis: Redis) -> int:
    """What limits have asked of it: scripts that count, counts and ends that are read."""
    stats = redis.info("commandstats")
    return sum(stats.get(f"cmdstat_{name}", {"calls": 0})["calls"] for name in COUNTING)


def test_no_limit_where_the_operator_wants_none(world: World) -> None:
    free = rated(world, api_rate=0)
    assert "RateLimit-Limit" not in free.api("lin").get("/api/v1/companies").headers
    free.installation.database.dispose()


def test_processes_count_together_and_go_on_without_redis(
    world: World, redis_server: RedisServer
) -> None:
    """R06."""
    one, two = (rated(world, api_rate=4, redis_url=redis_server.url) for _ in range(2))
    token = {"Authorization": f"Bearer {world.token('lin')}"}
    try:
        statuses = [
            house.api(None).get("/api/v1/companies", headers=token).status_code
            for house in (one, two, one, two, one)
        ]
        assert statuses == [200] * 4 + [429]
        redis_server.stop()
        again = one.api(None).get("/api/v1/companies", headers=token)
        assert again.status_code == 200, "each process for itself meanwhile"
    finally:
        redis_server.start()
        for house in (one, two):
            house.installation.database.dispose()


def test_two_houses_on_one_redis_count_for_themselves(
    world: World, redis_server: RedisServer
) -> None:
    one = rated(world, api_rate=4, redis_url=redis_server.url)
    other = rated(world, api_rate=4, redis_url=redis_server.url, secret_key="of another house" * 3)
    token = {"Authorization": f"Bearer {world.token('maya')}"}
    answers = [one.api(None).get("/api/v1/companies", headers=token) for _ in range(5)]
    assert answers[-1].status_code == 429
    assert other.api(None).get("/api/v1/companies", headers=token).status_code == 200
    for house in (one, other):
        house.installation.database.dispose()


def test_an_answer_stands_when_redis_goes_while_it_is_made(
    world: World, redis_server: RedisServer
) -> None:
    """R06: counted by Redis, which is gone when the headers are to say how much is left."""
    house = rated(world, api_rate=6000, redis_url=redis_server.url)
    lin = house.api("lin")
    assert "RateLimit-Limit" in lin.get("/api/v1/companies").headers
    views = house.app.view_functions
    with house.app.test_request_context("/api/v1/companies") as asked:
        endpoint = str(asked.request.endpoint)
    seen = views[endpoint]

    def last_seen(**arguments: object) -> Any:
        redis_server.stop()
        return seen(**arguments)

    views[endpoint] = last_seen
    try:
        assert lin.get("/api/v1/companies").status_code == 200
    finally:
        redis_server.start()
        house.installation.database.dispose()
