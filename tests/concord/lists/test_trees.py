"""A filter as data: written, read, changed in one place, refused where it is nonsense."""

import pytest

from concord.errors import Invalid
from concord.lists import tree
from concord.lists.tree import Condition, Group

GOLD = Condition("tier", "any_of", ("gold", "silver"))
SUZHOU = Condition("city", "is", ("Suzhou, (old) town|50%;:",))
MINE = Condition("owner", "is", ("me",))
WHOLE = Group("all", (GOLD, Group("any", (SUZHOU, MINE))))


def test_what_is_written_is_read_again() -> None:
    assert tree.read(WHOLE.as_text()) == WHOLE
    assert tree.from_json(WHOLE.as_json()) == WHOLE
    assert tree.read("") == Group()
    assert tree.read("owner:empty") == Group("all", (Condition("owner", "empty"),))


def test_an_address_stays_readable() -> None:
    text = "tier:any_of:gold,silver;(city:is:苏州|owner:is:me)"
    assert tree.read(text).as_text() == text


def test_numbers_and_truths_are_taken_from_programs() -> None:
    read = tree.read('{"any": [{"field": "employees", "op": "over", "value": 50}]}')
    assert read == Group("any", (Condition("employees", "over", ("50",)),))
    read = tree.read('{"field": "is_open", "op": "is", "value": true}')
    assert read == Group("all", (Condition("is_open", "is", ("true",)),))


def test_one_condition_is_changed_where_it_stands() -> None:
    assert WHOLE.put((1, 0), MINE) == Group("all", (GOLD, Group("any", (MINE, MINE))))
    assert WHOLE.put((1, 2), GOLD) == Group("all", (GOLD, Group("any", (SUZHOU, MINE, GOLD))))
    assert WHOLE.put((1, 0), None).put((1, 0), None) == Group("all", (GOLD,))
    assert WHOLE.at((1, 1)) == MINE
    for path in ((0, 0), (7, 0), (1, 9, 0)):
        with pytest.raises(Invalid):
            WHOLE.put(path, MINE)


@pytest.mark.parametrize(
    "text",
    [
        "tier",
        "tier:is:gold;",
        "a:is:1;b:is:2|c:is:3",
        "(a:is:1",
        "a:is:1)",
        "((((a:is:1))))",
        "TIER:is:gold",
        "tier::gold",
        "a:is:\x00",
        "a:is:" + "x" * 300,
        ";".join(["a:is:1"] * 31),
        "a:any_of:" + ",".join(["1"] * 101),
        "x" * 9000,
        "{",
        "{}",
        '{"all": {}}',
        '{"all": [1]}',
        '{"all": [{"field": "a"}]}',
        '{"all": [{"field": "a", "op": "is", "value": {"b": 1}}]}',
        '{"all": [{"field": "a", "op": "is", "more": 1}]}',
        '{"any": [], "all": []}',
        '{"query_operator": " or 1=1 --"}',
        '{"all": [{"all": [{"all": [{"all": [{"all": []}]}]}]}]}',
        '{"all": [{"field": "a; drop table x", "op": "is", "value": "1"}]}',
    ],
)
def test_nonsense_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        tree.read(text)
    assert refused.value.errors["filter"][0]
