"""R26: two people change one record: what does not overlap merges, what does is shown to both."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from concord.editing import edit, same
from concord.errors import Conflict, Stale
from concord.installation import using
from tests.concord.api.sample import House, Widget

pytestmark = pytest.mark.engines


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    with using(house.installation), house.installation.database.writing() as session:
        yield session


@pytest.fixture
def widget(session: Session) -> Widget:
    widget = Widget(title="Probe", colour="red", weight=3)
    session.add(widget)
    session.flush()
    return widget


def test_only_what_differs_is_changed(session: Session, widget: Widget) -> None:
    changed = edit(session, widget, {"title": "Probe", "colour": "blue", "weight": 3})
    assert changed == {"colour": ("red", "blue")}
    session.flush()
    assert widget.version == 2


def test_nothing_changed_leaves_the_version(session: Session, widget: Widget) -> None:
    assert edit(session, widget, {"title": " Probe ", "colour": "red"}) == {}
    session.flush()
    assert widget.version == 1


def test_text_is_stored_without_space_and_empty_is_none(session: Session, widget: Widget) -> None:
    assert edit(session, widget, {"colour": "  green\r\nish "}) == {"colour": ("red", "green\nish")}
    assert edit(session, widget, {"colour": "   "}) == {"colour": ("green\nish", None)}
    assert edit(session, widget, {"colour": ""}) == {}
    edit(session, widget, {"title": " "})
    assert widget.title == ""


def test_changes_of_different_fields_merge(session: Session, widget: Widget) -> None:
    widget.colour = "blue"
    changed = edit(
        session, widget, {"colour": "red", "weight": 4}, {"colour": "red", "weight": "3"}
    )
    assert changed == {"weight": (3, 4)}
    assert (widget.colour, widget.weight) == ("blue", 4)


def test_the_same_field_is_a_conflict_and_nothing_is_set(session: Session, widget: Widget) -> None:
    widget.colour = "blue"
    with pytest.raises(Conflict) as raised:
        edit(session, widget, {"weight": 4, "colour": "green"}, {"weight": 3, "colour": "red"})
    (conflict,) = raised.value.conflicts
    assert (conflict.field, conflict.original, conflict.theirs, conflict.mine) == (
        "colour",
        "red",
        "blue",
        "green",
    )
    assert (widget.colour, widget.weight) == ("blue", 3)


def test_the_same_change_twice_is_no_conflict(session: Session, widget: Widget) -> None:
    widget.colour = "blue"
    assert edit(session, widget, {"colour": "blue"}, {"colour": "red"}) == {}


def test_a_stale_version_is_refused_before_anything_is_set(
    session: Session, widget: Widget
) -> None:
    with pytest.raises(Stale) as raised:
        edit(session, widget, {"colour": "blue"}, expected_version=7)
    assert raised.value.current == 1
    assert widget.colour == "red"
    assert edit(session, widget, {"colour": "blue"}, expected_version=1)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (" a ", "a", True),
        ("", None, True),
        ("a\r\nb", "a\nb", True),
        ("3", 3, True),
        ("2026-11-22", date(2026, 11, 22), True),
        ("true", True, True),
        ("1.50", Decimal("1.50"), True),
        (3, 4, False),
        ("3", None, False),
        (None, 0, False),
        (False, None, False),
    ],
)
def test_equal_as_stored(left: Any, right: Any, equal: bool) -> None:
    assert same(left, right) is equal
    assert same(right, left) is equal
