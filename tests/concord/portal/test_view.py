"""What a portal page may be given: plain values and frozen ones, nothing of the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from concord.actors import Face
from concord.portal.view import Unsafe, ensure_safe, page
from concord.records.models import Record
from modules.crm.companies.models import Company
from tests.world import World


@dataclass(frozen=True)
class Safe:
    name: str
    parts: tuple[Any, ...] = ()


@dataclass
class Changeable:
    name: str


@pytest.mark.parametrize(
    "value",
    [None, "words", 1, 1.5, True, date(2026, 12, 1), Face.CUSTOMER, [Safe("a")], {"a": Safe("b")}],
)
def test_plain_and_frozen_values_are_safe(value: object) -> None:
    ensure_safe(value, "value")
    ensure_safe(Safe("outer", (value,)), "value")


@pytest.mark.parametrize(
    "value", [Company(title="Huadong"), Changeable("x"), object(), print, iter([]), Record]
)
def test_everything_else_is_refused_wherever_it_hides(value: object) -> None:
    for hidden in (value, [value], {"a": value}, Safe("outer", (Safe("inner", (value,)),))):
        with pytest.raises(Unsafe, match="value"):
            ensure_safe(hidden, "value")


def test_a_page_with_a_record_on_it_is_not_rendered(world: World) -> None:
    with world.app.test_request_context(), world.reading() as session:
        company = world.record(session, "huadong")
        with pytest.raises(Unsafe, match="record is a Company"):
            page("portal/conversation.html", record=company, stream=None, composer=None)
