"""Fields of nouns, each declared once for form, API, list and import: text kept tidy."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from marshmallow import ValidationError, fields

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
WEBSITE = re.compile(
    r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:/[^\s<>\"']*)?", re.IGNORECASE
)
PHONE = re.compile(r"[0-9+()/.\- ]+(?:(?:x|ext\.?|#) *[0-9]{1,6})?", re.IGNORECASE)
LARGEST_INTEGER = 2**31 - 1
MOST_CUSTOM = 60
LONGEST_CUSTOM = 2000

Options = Sequence[tuple[str, LazyString]]


def about(
    label: LazyString,
    icon: str,
    kind: str = "text",
    options: Options | None = None,
    **attributes: str,
) -> dict[str, Any]:
    """How a field looks on a page: its label, icon, input type, choices, input attributes."""
    return {
        "label": label,
        "icon": icon,
        "input": kind,
        "options": options,
        "attributes": attributes,
    }


def line(
    metadata: dict[str, Any], *, longest: int = 200, required: bool = False, **more: Any
) -> Any:
    """One line of text without space around it; empty is none."""
    tidy = _stripped if required else _or_none
    checks = [_one_line, _no_longer_than(longest), *([_not_blank] if required else [])]
    return fields.String(
        required=required,
        allow_none=not required,
        pre_load=[tidy],
        validate=[*checks, *more.pop("validate", ())],
        metadata=metadata,
        **more,
    )


def text(metadata: dict[str, Any], *, longest: int = 10_000) -> Any:
    """Text of several lines."""
    return fields.String(
        allow_none=True,
        pre_load=[_or_none],
        validate=[_storable, _no_longer_than(longest)],
        metadata=metadata,
    )


def email(metadata: dict[str, Any]) -> Any:
    return fields.Email(
        allow_none=True,
        pre_load=[_or_none],
        validate=[_one_line, _no_longer_than(200)],
        metadata=metadata,
    )


def phone(metadata: dict[str, Any]) -> Any:
    field = line(metadata, longest=40, validate=[_phone])
    field.pre_load.append(_narrow)
    return field


def website(metadata: dict[str, Any]) -> Any:
    return line(metadata, validate=[_website])


def choice(metadata: dict[str, Any], *, optional: bool = False) -> Any:
    """One of the options in `metadata`."""
    return fields.String(
        allow_none=optional,
        pre_load=[_or_none] if optional else [],
        validate=[_one_of([value for value, _label in metadata["options"] if value])],
        metadata=metadata,
    )


def whole(metadata: dict[str, Any], *, largest: int = LARGEST_INTEGER) -> Any:
    """A whole number from nothing up."""
    return fields.Integer(
        allow_none=True,
        pre_load=[_or_none, _not_a_fraction],
        validate=[_between(0, largest)],
        metadata=metadata,
    )


def day(metadata: dict[str, Any], *, required: bool = False) -> Any:
    tidy = [] if required else [_or_none]
    return fields.Date(required=required, allow_none=not required, pre_load=tidy, metadata=metadata)


def custom() -> Any:
    """Fields that an installation added: names with plain values."""
    return fields.Dict(keys=fields.String(), validate=[_plain_values])


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _narrow(value: Any) -> Any:
    """Full-width digits and marks as everybody else writes them."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


def _or_none(value: Any) -> Any:
    return _stripped(value) or None if isinstance(value, str) else value


def _not_a_fraction(value: Any) -> Any:
    if isinstance(value, float):
        raise ValidationError(_("Write a whole number."))
    return value


def _not_blank(value: str) -> None:
    if not value:
        raise ValidationError(_("This is needed."))


def _storable(value: str) -> None:
    if CONTROL.search(value):
        raise ValidationError(_("The text holds a character that cannot be stored."))


def _one_line(value: str) -> None:
    if CONTROL.search(value) or "\n" in value or "\r" in value:
        raise ValidationError(_("Write this on one line."))


def _phone(value: str) -> None:
    if PHONE.fullmatch(value) is None or not any(letter.isdecimal() for letter in value):
        raise ValidationError(_("Write a phone number, as +86 512 6666 1234."))


def _website(value: str) -> None:
    if WEBSITE.fullmatch(value) is None:
        raise ValidationError(_("Write a web address, as example.com."))


def _no_longer_than(most: int) -> Callable[[str], None]:
    def check(value: str) -> None:
        if len(value) > most:
            raise ValidationError(_("This is too long: at most %(most)s characters.", most=most))

    return check


def _one_of(values: Sequence[str]) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in values:
            raise ValidationError(_("Choose one of: %(values)s.", values=", ".join(values)))

    return check


def _between(least: int, most: int) -> Callable[[int], None]:
    def check(value: int) -> None:
        if not least <= value <= most:
            raise ValidationError(
                _("Write a number from %(least)s to %(most)s.", least=least, most=most)
            )

    return check


def _plain_values(values: dict[str, Any]) -> None:
    plain = all(
        value is None or isinstance(value, str | int | float | bool) for value in values.values()
    )
    if not plain or not all(values) or len(values) > MOST_CUSTOM:
        raise ValidationError(
            _("Custom fields are at most %(most)s plain values.", most=MOST_CUSTOM)
        )
    if any(len(str(part)) > LONGEST_CUSTOM for pair in values.items() for part in pair):
        raise ValidationError(
            _("This is too long: at most %(most)s characters.", most=LONGEST_CUSTOM)
        )
