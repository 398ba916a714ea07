"""Credit limit and payment terms exist only for those who hold the field group."""

from tests.crm.reading import change, company, said, timeline
from tests.world import World, fingerprint

FIELDS = {"credit_limit", "payment_terms_days"}


def test_emily_sees_the_credit_terms_and_lin_does_not(world: World) -> None:
    emily, lin = company(world, "emily", "huadong"), company(world, "lin", "huadong")
    assert emily["credit_limit"] == {"amount": "1500000.00", "currency": "CNY"}
    assert emily["payment_terms_days"] == 45
    assert not FIELDS & lin.keys()


def test_no_page_says_them_to_lin(world: World) -> None:
    record_id = world.records["huadong"]
    for path in (f"/customers/{record_id}", f"/customers/{record_id}/edit"):
        words = said(world.client("lin").get(path))
        assert "Credit" not in words, path
        assert "1,500,000" not in words, path
    assert "1,500,000" in said(world.client("emily").get(f"/customers/{record_id}"))
    assert "Credit limit" in said(world.client("maya").get(f"/customers/{record_id}/edit"))


def test_lin_cannot_write_filter_or_sort_by_what_does_not_exist_for_him(world: World) -> None:
    lin, before = world.api("lin"), fingerprint(world)
    path = f"/api/v1/companies/{world.records['huadong']}"
    money = {"amount": "1.00", "currency": "CNY"}
    for body in ({"credit_limit": money}, {"payment_terms_days": 1}):
        answer = lin.patch(path, json=body)
        assert answer.status_code == 422
        assert answer.get_json()["errors"].keys() == body.keys()
        created = lin.post("/api/v1/companies", json={"name": "Orion", "is_customer": True, **body})
        assert created.status_code == 422
    for query in ("payment_terms_days.gte=1", "sort=payment_terms_days", "credit_limit=1"):
        assert lin.get(f"/api/v1/companies?{query}").status_code == 422, query
    assert change(world, "lin", {"credit_limit": "1"}).status_code == 422
    assert fingerprint(world) == before


def test_maya_changes_the_limit_as_people_write_amounts(world: World) -> None:
    page = f"/customers/{world.records['huadong']}"
    form = {"credit_limit": "2,000,000.50", "original.credit_limit": "1500000.00"}
    answer = world.client("maya").fragment(page, method="PATCH", data=form)
    assert answer.status_code == 200
    assert company(world, "emily", "huadong")["credit_limit"]["amount"] == "2000000.50"


def test_a_change_of_terms_stands_on_the_timeline_only_for_the_group(world: World) -> None:
    page = f"/customers/{world.records['huadong']}"
    world.client("maya").fragment(
        page, method="PATCH", data={"payment_terms_days": "60", "city": "Wuxi"}
    )
    told = "changed the payment terms in days (45 → 60)"
    assert told in timeline(world, "emily", "huadong")
    assert told not in timeline(world, "lin", "huadong")
    assert any("the city" in sentence for sentence in timeline(world, "lin", "huadong"))
    assert "payment terms" not in said(world.client("lin").get(page))


def test_two_limits_at_once_are_asked_about_in_the_forms_own_words(world: World) -> None:
    page, start = f"/customers/{world.records['huadong']}", {"original.credit_limit": "1500000.00"}
    maya, na = world.client("maya"), world.client("na")
    maya.fragment(page, method="PATCH", data={**start, "credit_limit": "1,600,000"})
    answer = na.fragment(page, method="PATCH", data={**start, "credit_limit": "1,700,000"})
    assert answer.status_code == 409
    assert 'value="1600000.00"' in answer.get_data(as_text=True)
    assert "1,700,000" in said(answer)
    assert "Maya Kaur" in said(answer)


def test_an_amount_of_nothing_sensible_is_refused(world: World) -> None:
    path = f"/api/v1/companies/{world.records['huadong']}"
    before = fingerprint(world)
    for amount in ("-5.00", "5.001", "1e9", "NaN", 5, None):
        body = {"credit_limit": {"amount": amount, "currency": "CNY"}}
        assert world.api("maya").patch(path, json=body).status_code == 422, amount
    assert fingerprint(world) == before
