"""Amounts are exact inside and out."""

import pytest
from marshmallow import Schema

from concord.money import Money, MoneyField, MoneyInput


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1280000.00", "CNY", 128000000),
        ("12", "JPY", 12),
        ("1.234", "KWD", 1234),
        ("-5.5", "EUR", -550),
    ],
)
def test_an_amount_counts_the_smallest_unit_of_its_currency(
    amount: str, currency: str, minor: int
) -> None:
    assert Money.parse(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("1.5", "JPY"), ("1.001", "CNY"), ("1e9", "CNY"), ("NaN", "CNY"), ("", "CNY"),
        ("１２", "CNY"), ("5", "XYZ"), ("5", ""), ("999999999999999999", "CNY"), (" 5", "CNY"),
    ],
)  # fmt: skip
def test_what_is_no_exact_amount_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Money.parse(amount, currency)


def test_an_amount_goes_out_with_the_decimals_of_its_currency() -> None:
    assert [Money(5, code).amount for code in ("CNY", "JPY", "KWD")] == ["0.05", "5", "0.005"]


class Exchanged(Schema):
    limit = MoneyField(allow_none=True)


class Typed(Schema):
    limit = MoneyInput(currency=lambda: "CNY", allow_none=True)


def test_programs_exchange_amount_and_currency() -> None:
    money = {"amount": "1280000.00", "currency": "CNY"}
    assert Exchanged().load({"limit": money}) == {"limit": Money(128000000, "CNY")}
    assert Exchanged().dump({"limit": Money(128000000, "CNY")}) == {"limit": money}


@pytest.mark.parametrize(
    "sent",
    [5, "5", [], {"amount": 5, "currency": "CNY"}, {"amount": "5"},
     {"amount": "5", "currency": None}, {"amount": "-5", "currency": "CNY"},
     {"amount": "5", "currency": "CNY", "more": 1}],
)  # fmt: skip
def test_programs_hear_what_is_wrong_with_an_amount(sent: object) -> None:
    assert Exchanged().validate({"limit": sent}).keys() == {"limit"}


@pytest.mark.parametrize("typed", ["1,280,000.5", "1 280 000.50", "1，280，000.50", " 1280000.50 "])
def test_people_group_digits_as_they_like(typed: str) -> None:
    assert Typed().load({"limit": typed}) == {"limit": Money(128000050, "CNY")}
