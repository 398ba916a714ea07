"""Amounts of money: whole minor units and a currency inside, exact decimals at the edge."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import list_currencies
from flask_babel import gettext as _
from marshmallow import ValidationError, fields

# ISO 4217 exponents that are not two. (CLDR's digits differ: they follow what shops print.)
EXPONENTS = {
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
         "VND", "VUV", "XAF", "XOF", "XPF"),
        0,
    ),
}  # fmt: skip
LARGEST_MINOR = 2**63 - 1
AMOUNT = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,4})?")
GROUPED = re.compile(r"(?<=\d)[,，\s](?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: `amount_minor` counts the currency's smallest unit (cents, fen, yen)."""

    amount_minor: int
    currency: str

    @classmethod
    def parse(cls, amount: str, currency: str) -> "Money":
        """`1280000.00` as money. Raises ValueError for what is no exact amount of `currency`."""
        if not is_currency(currency):
            raise ValueError(f"{currency!r} is not a currency")
        if AMOUNT.fullmatch(amount) is None:
            raise ValueError(f"{amount!r} is not an amount")
        minor = Decimal(amount).scaleb(exponent(currency))
        if minor != int(minor) or abs(minor) > LARGEST_MINOR:
            raise ValueError(f"{amount!r} cannot be an amount of {currency}")
        return cls(int(minor), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, with the currency's own number of decimals."""
        return Decimal(self.amount_minor).scaleb(-exponent(self.currency))

    @property
    def amount(self) -> str:
        """The amount as exchanged: digits and a point, no grouping."""
        return f"{self.decimal:f}"

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def exponent(currency: str) -> int:
    """How many decimals a currency has."""
    return EXPONENTS.get(currency, 2)


@cache
def is_currency(code: str) -> bool:
    return code in list_currencies()


class MoneyField(fields.Field[Money]):
    """`{"amount": "1280000.00", "currency": "CNY"}` outside, Money inside."""

    def __init__(self, *, negative: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.negative = negative

    def _serialize(
        self, value: Money | None, attr: str | None, obj: Any, **options: Any
    ) -> dict[str, str] | None:
        return None if value is None else {"amount": value.amount, "currency": value.currency}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> Money:
        if not isinstance(value, Mapping) or set(value) != {"amount", "currency"}:
            raise self.unreadable()
        return self.parsed(value["amount"], value["currency"])

    def parsed(self, amount: Any, currency: Any) -> Money:
        if not isinstance(amount, str) or not isinstance(currency, str):
            raise self.unreadable()
        try:
            money = Money.parse(amount, currency)
        except ValueError:
            raise self.unreadable() from None
        if money.amount_minor < 0 and not self.negative:
            raise ValidationError(_("This cannot be less than zero."))
        return money

    def unreadable(self) -> ValidationError:
        return ValidationError(_("Write an amount and a currency, as 1280000.00 and CNY."))


class MoneyInput(MoneyField):
    """The same as one field of a form: an amount as people write it, in a currency known before."""

    def __init__(self, *, currency: Callable[[], str], **options: Any) -> None:
        super().__init__(**options)
        self.currency = currency

    def _serialize(  # type: ignore[override]
        self, value: Money | None, attr: str | None, obj: Any, **options: Any
    ) -> str | None:
        return None if value is None else value.amount

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> Money:
        if not isinstance(value, str):
            raise self.unreadable()
        return self.parsed(GROUPED.sub("", value.strip()), self.currency())

    def unreadable(self) -> ValidationError:
        return ValidationError(_("Write an amount, as 1280000.00."))
