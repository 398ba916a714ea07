"""The order of a list: page after page, with names that tie and names that are missing."""

import re
from collections import Counter

import pytest
from sqlalchemy import update

from concord.records.models import Record
from tests.concord.bulk.many import many_companies
from tests.world import World

PAGE = 7
NEXT = re.compile(r'hx-get="(/lists/customers/rows\?[^"]*)"')
ROW = re.compile(r'<tr role="row" id="row-(\d+)[-"]')


def owned_by_turns(world: World) -> dict[int, str | None]:
    """Thirty customers that Tom, Lin and nobody have in turn; gives whose each is, by its id."""
    ids = many_companies(world, 30)
    turns = ("tom", "lin", None)
    with world.writing() as session:
        for place, person in enumerate(turns):
            owner_id = world.people[person] if person else None
            mine = update(Record).where(Record.id.in_(ids[place::3]))
            session.execute(mine.values(owner_id=owner_id))
        session.commit()
    return {id_: turns[place % 3] for place, id_ in enumerate(ids)}


def read_through(world: World, query: str, page: int = PAGE) -> list[int]:
    """The ids of all pages of Na's list of customers, in their order."""
    na = world.client("na")
    url, found = f"/lists/customers/rows?limit={page}&{query}", []
    for _page in range(40):
        text = na.fragment(url).text
        found += [int(id_) for id_ in ROW.findall(text)]
        following = NEXT.search(text)
        if following is None:
            return found
        url = following[1].replace("&amp;", "&") + f"&limit={page}"
    raise AssertionError("the pages never end")


@pytest.mark.parametrize("query", ["sort=owner", "sort=-owner", "sort=-owner,owner", "group=owner"])
def test_by_owner_each_customer_stands_once_and_the_ownerless_last(
    any_world: World, query: str
) -> None:
    world = any_world
    owners = owned_by_turns(world)
    ids = read_through(world, query)
    assert max(Counter(ids).values()) == 1
    assert owners.keys() <= set(ids)
    persons = [owners[id_] for id_ in ids if id_ in owners]
    first, second = ("tom", "lin") if "sort=-owner" in query else ("lin", "tom")
    assert persons == [first] * 10 + [second] * 10 + [None] * 10


def test_a_file_has_the_order_of_its_list(any_world: World) -> None:
    world = any_world
    owned_by_turns(world)
    address = "/lists/customers/bulk/export?columns=name,owner&sort=-owner"
    answer = world.client("na").post(address, data={"all": "1", "format": "csv"})
    generated = [line for line in answer.text.splitlines() if line.startswith("Company ")]
    owners = [line.partition(",")[2] for line in generated]
    assert owners == [*["Tom Becker"] * 10, *["Lin Chen"] * 10, *[""] * 10]
