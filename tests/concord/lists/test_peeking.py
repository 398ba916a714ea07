"""Any record, beside whatever one is doing: its fields and its latest words, for its readers."""

import html

import pytest

from tests.attacks.doors import narrow_house
from tests.world import World


def test_a_customer_shows_its_fields_and_its_latest_words(any_world: World) -> None:
    answer = any_world.client("lin").fragment(f"/records/{any_world.records['huadong']}/peek")
    text = html.unescape(answer.text)
    assert answer.status_code == 200
    assert 'id="sheet-title">Huadong Precision' in text
    assert "Latest" in text
    assert f'href="/customers/{any_world.records["huadong"]}"' in text


def test_every_kind_of_record_can_be_peeked_at(world: World) -> None:
    browser = world.client("na")
    for key, record_id in world.records.items():
        answer = browser.get(f"/records/{record_id}/peek")
        assert answer.status_code == 200, key


@pytest.mark.parametrize("person", ["zhou", "paul", "huang"])
def test_people_outside_have_no_peek(world: World, person: str) -> None:
    record = world.records["huadong"]
    assert world.client(person).get(f"/records/{record}/peek").status_code in (403, 404)
    assert "data-peek" not in world.client(person).fragment("/search/palette?q=huad").text


def test_what_one_does_not_see_is_not_there(any_world: World) -> None:
    """B11: another team's customer, and a record that never was, answer alike."""
    world = narrow_house(any_world)
    assert world.client("lin").get(f"/records/{world.records['huadong']}/peek").status_code == 200
    for record in (world.records["huadong"], 10**12):
        assert world.client("tom").get(f"/records/{record}/peek").status_code == 404
    signed_out = world.client(None).get(f"/records/{world.records['huadong']}/peek")
    assert signed_out.status_code == 302
    assert "Huadong" not in signed_out.text


def test_a_field_of_a_group_is_shown_to_its_holders_alone(world: World) -> None:
    record = world.records["huadong"]
    changed = world.api("maya").patch(
        f"/api/v1/companies/{record}",
        json={"credit_limit": {"amount": "123456.00", "currency": "CNY"}},
    )
    assert changed.status_code == 200
    assert "123,456" in world.client("maya").get(f"/records/{record}/peek").text
    assert "123,456" not in world.client("lin").get(f"/records/{record}/peek").text
