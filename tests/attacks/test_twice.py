"""H02: a parameter that is sent twice, or in two places, has one defined source."""

import pytest

from tests.world import World, fingerprint

TWICE = (
    "/api/v1/companies?limit=1&limit=200",
    "/api/v1/companies?tier=gold&tier=silver",
    "/api/v1/companies?sort=name&sort=-name",
    "/api/v1/companies?cursor=a&cursor=b",
    "/api/v1/companies?q=a&q=b",
    "/api/v1/notifications?after=1&after=2",
    "/api/v1/records/{huadong}/timeline?after=1&after=2",
    "/api/v1/webhooks/{webhook_planning}/deliveries?state=failed&state=waiting",
)


@pytest.mark.parametrize("path", TWICE)
def test_a_parameter_given_twice_is_refused(world: World, path: str) -> None:
    answer = world.api("na").get(path.format(**world.records))
    assert answer.status_code == 422, answer.text
    assert len(answer.get_json()["errors"]) == 1


def test_the_address_says_which_record_not_the_body(world: World) -> None:
    """The id in the address counts; one in the body is an unknown field."""
    before = fingerprint(world)
    path = f"/api/v1/companies/{world.records['huadong']}"
    other = world.records["hengtai"]
    for sent in ({"id": other}, {"record_id": other}, {"name": "X", "id": other}):
        assert world.api("na").patch(path, json=sent).status_code == 422
    assert fingerprint(world) == before


def test_a_query_is_not_a_body(world: World) -> None:
    """What is sent in the address of a change is not read as one of its fields."""
    path = f"/api/v1/companies/{world.records['huadong']}?name=Evil"
    answer = world.api("na").patch(path, json={"industry": "Tools"})
    assert answer.status_code in (200, 422)
    found = world.api("na").get(path.partition("?")[0]).get_json()
    assert found["name"] != "Evil"


def test_of_two_members_of_one_name_the_last_is_the_value(world: World) -> None:
    """JSON says nothing of it; every one of our readers takes the last, and so does the check."""
    path = f"/api/v1/companies/{world.records['huadong']}"
    body = '{"industry": "First", "industry": "Last"}'
    answer = world.api("na").patch(path, data=body, content_type="application/json")
    assert answer.get_json()["industry"] == "Last"


def test_two_tokens_are_none(world: World) -> None:
    """A header sent twice is joined by the server: it is no token of anybody."""
    tokens = ", ".join(f"Bearer {world.token(person)}" for person in ("lin", "na"))
    answer = world.api(None).get("/api/v1/companies", headers={"Authorization": tokens})
    assert answer.status_code == 401


def test_a_form_that_is_sent_twice_means_its_last_value(world: World) -> None:
    """A box and its absence stand for one field: the last one counts, always."""
    path = f"/customers/{world.records['huadong']}"
    sent = {"industry": ["First", "Last"], "original.industry": ""}
    answer = world.client("na").fragment(path, method="PATCH", data=sent)
    assert answer.status_code in (200, 409)
    if answer.status_code == 200:
        found = world.api("na").get(f"/api/v1/companies/{world.records['huadong']}").get_json()
        assert found["industry"] == "Last"
