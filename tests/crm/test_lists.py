"""The lists of customers and suppliers, and finding in them."""

import pytest

from concord.records import titles
from modules.crm.api import create_company
from tests.contracts.conftest import counted
from tests.crm.reading import said
from tests.world import World


def test_lin_sees_customers_among_customers_and_suppliers_among_suppliers(world: World) -> None:
    customers, suppliers = (
        said(world.client("lin").get(path)) for path in ("/customers", "/suppliers")
    )
    assert "Huadong Precision" in customers
    assert "Hengtai Sensors" not in customers
    assert "Hengtai Sensors" in suppliers
    assert "Huadong Precision" not in suppliers


def test_a_row_says_who_looks_after_the_company(world: World) -> None:
    words = said(world.client("jun").fragment("/customers?q=kessler"))
    assert "Kessler Transport" in words
    assert "Anna Schmidt" in words
    assert "Huadong" not in words


@pytest.mark.parametrize("few", [titles.FEW, 0], ids=["few", "many"])
def test_lin_finds_by_part_of_a_name_pinyin_and_digits(
    any_world: World, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Also where what she types is found so often that it is not looked up beforehand."""
    monkeypatch.setattr(titles, "FEW", few)
    world = any_world
    lin = world.client("lin")
    with world.act("lin") as (session, actor):
        values = {
            "title": "华东精密制造有限公司",
            "is_customer": True,
            "phone": "+86 512 6688 4321",
        }
        create_company(session, actor, values)
    for typed in ("东精密", "huadongjing", "jing mi", "66884321", "８８４３"):
        assert "华东精密制造有限公司" in said(lin.fragment(f"/customers?q={typed}")), typed
    for typed in ("%", "_", "北京", "000111222"):
        assert "华东精密制造有限公司" not in said(lin.fragment(f"/customers?q={typed}")), typed


def test_mine_are_those_i_look_after(world: World) -> None:
    words = said(world.client("lin").get("/customers?mine=1"))
    assert "Huadong Precision" in words
    assert "Kessler Transport" not in words


def test_a_list_of_nothing_says_what_to_do(world: World) -> None:
    assert "Nothing found" in said(world.client("lin").get("/customers?q=nobody+is+called+this"))
    assert "Nothing is yours yet" in said(world.client("jun").get("/customers?mine=1"))


def test_only_those_who_may_add_are_offered_to(world: World) -> None:
    assert "New customer" in said(world.client("lin").get("/customers"))
    assert "New customer" not in said(world.client("jun").get("/customers"))


def test_senseless_filters_get_a_sentence(world: World) -> None:
    lin = world.client("lin")
    for query in (
        "tier=platinum",
        "owner=x",
        f"owner={'9' * 40}",
        f"q={'x' * 500}",
        "cursor=x",
        "q=%00",
    ):
        assert lin.get(f"/customers?{query}").status_code == 422, query


def test_a_long_list_comes_page_by_page_at_the_same_cost(any_world: World) -> None:
    world = any_world
    lin = world.client("lin")
    lin.get("/customers")
    with counted(world) as few:
        lin.get("/customers")
    with world.act("lin") as (session, actor):
        for number in range(60):
            create_company(session, actor, {"title": f"Zebra {number:02d}", "is_customer": True})
    with counted(world) as many:
        first = lin.get("/customers").get_data(as_text=True)
    assert len(many) == len(few) <= 5, "\n".join(many)
    more = first.partition('class="more" hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    rest = said(lin.fragment(more))
    names = [f"Zebra {number:02d}" for number in range(60)]
    assert all((name in first) is not (name in rest) for name in names)
    assert "Zebra 59" in rest
