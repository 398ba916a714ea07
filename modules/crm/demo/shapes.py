"""What the story knows of a company and its people, as data."""

from dataclasses import dataclass

Pair = tuple[str, str]
"""The same in English and in Chinese."""

CHINESE_MOBILE = "+86 154 5550 {:04d}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a company. With `portal` (the key of a user) they can sign in there.

    `supplies` opens the supplier portal to them where the company is a customer too.
    `born` is an ISO day, or `+1` for somebody whose birthday is that many days from today.
    """

    key: str
    en: str
    zh: str
    job: Pair
    role: str | None = None
    importance: str = "normal"
    born: str | None = None
    portal: str | None = None
    administrator: bool = False
    supplies: bool = False

    @property
    def mailbox(self) -> str:
        return self.key.replace("_", ".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A company. `dial` makes its phone numbers; `credit` is in whole yuan, `days` to pay."""

    key: str
    en: str
    zh: str
    owner: str
    industry: Pair
    city: Pair
    site: str
    dial: str
    people: tuple[Person, ...]
    tier: str = "none"
    state: str = "active"
    employees: int | None = None
    since: str | None = None
    source: Pair | None = None
    credit: int | None = None
    days: int | None = None
    notes: Pair | None = None
    timezone: str | None = None
    is_customer: bool = True
    is_supplier: bool = False
