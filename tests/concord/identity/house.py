"""The demo house with keys: its people have passwords, and one customer's people use the portal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from concord.actors import SYSTEM, Face
from concord.database.base import Model
from concord.identity import memberships, users
from concord.identity.invitations import invite_to_portal
from concord.identity.models import AccessEpoch, PortalMembership, User
from concord.identity.passwords import hashed
from concord.identity.sessions import COOKIE
from concord.mail.models import Mail
from concord.parties.models import Party
from modules.crm.companies.actions import create_company
from tests.world import Browser, World

PASSWORD = "a lamp in every window"
OTHER = "the river runs past noon"
HASH = hashed(PASSWORD)
OUTSIDERS = {
    # key: name, company, face, administrator
    "vera": ("Vera Holm", "northwind", Face.CUSTOMER, True),
    "karl": ("Karl Ott", "northwind", Face.CUSTOMER, False),
    "mei": ("Mei Fang", "southsea", Face.CUSTOMER, False),
    "bo": ("Bo Larsen", "southsea", Face.SUPPLIER, False),
}


@dataclass(slots=True)
class House:
    """A world whose people can sign in. Northwind is a customer, Southsea customer and supplier."""

    world: World

    def __post_init__(self) -> None:
        with self.world.act("lin") as (session, actor):
            for key, supplies in (("northwind", False), ("southsea", True)):
                values = {"title": key.title(), "is_customer": True, "is_supplier": supplies}
                self.world.records[key] = create_company(session, actor, values).id
        with self.world.app.app_context(), self.world.writing() as session:
            for key, (name, company, face, administers) in OUTSIDERS.items():
                user = users.create(
                    session, SYSTEM, name=name, email=self.email(key), is_staff=False
                )
                self.world.people[key] = user.id
                found = session.get_one(Party, self.world.records[company])
                memberships.add(session, SYSTEM, user, found, face, is_administrator=administers)
            for user in session.scalars(select(User)):
                user.password_hash = HASH
            session.commit()

    def email(self, person: str) -> str:
        """The address of somebody of the house or of its customers."""
        return f"{person}@{'portal' if person in OUTSIDERS else 'beacon'}.example"

    def enter(
        self,
        person: str,
        password: str = PASSWORD,
        *,
        browser: Browser | None = None,
        address: str = "127.0.0.1",
        **more: Any,
    ) -> Any:
        """Try to sign in at the door, from a network; gives the answer."""
        browser = browser or self.world.client()
        email = self.email(person) if "@" not in person else person
        answer = browser.post(
            "/login",
            data={"email": email, "password": password, **more},
            environ_overrides={"REMOTE_ADDR": address},
        )
        forget_form_token(browser)
        return answer

    def signed_in(self, person: str, password: str = PASSWORD) -> Browser:
        """A browser in which somebody came in by the door."""
        browser = self.world.client()
        answer = self.enter(person, password, browser=browser)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return browser

    def letters(self, email: str | None = None) -> list[Mail]:
        """What was queued for an address, oldest first."""
        query = select(Mail).order_by(Mail.id)
        if email is not None:
            query = query.where(Mail.to_address == email)
        with self.world.reading() as session:
            return list(session.scalars(query))

    def link(self, email: str) -> str:
        """The path of the link in the newest letter to an address."""
        return path_in(self.letters(email)[-1].text)

    def user(self, person: str) -> User:
        with self.world.reading() as session:
            return session.get_one(User, self.world.people[person])

    def user_at(self, email: str) -> User | None:
        with self.world.reading() as session:
            return session.scalars(select(User).where(User.email == email)).one_or_none()

    def members(self, company: str) -> dict[str, PortalMembership]:
        """Who may enter the portal of a company, by mail address."""
        wanted = PortalMembership.company_id == self.world.records[company]
        with self.world.reading() as session:
            rows = session.execute(
                select(User.email, PortalMembership).join(PortalMembership.user).where(wanted)
            )
            return {row.email: row.PortalMembership for row in rows}

    def epoch(self) -> int:
        with self.world.reading() as session:
            return session.scalar(select(AccessEpoch.epoch)) or 0

    def count(self, model: type[Model]) -> int:
        with self.world.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def invite(
        self, person: str, company: str, email: str, name: str = "Nils Berg", **more: Any
    ) -> str:
        """Somebody of the staff invites an address to a company's portal; gives the link's path."""
        with self.world.act(person) as (session, actor):
            found = session.get_one(Party, self.world.records[company])
            invite_to_portal(
                session,
                actor,
                found,
                name=name,
                email=email,
                **{"language": "en", "face": Face.CUSTOMER, **more},
            )
        return self.link(email)


def path_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found, text
    return found[1]


def same_for_all(page: str) -> str:
    """A page without the addresses and form tokens on it: what is left must not tell who asked."""
    return re.sub(r"[\w.]+@[\w.]+|[0-9a-f]{64}", "", page)


def is_open(browser: Browser, page: str = "/preferences") -> bool:
    """Whether the browser is still signed in."""
    answer = browser.fragment(page)
    assert answer.status_code in (200, 401), answer.status_code
    return bool(answer.status_code == 200)


def forget_form_token(*browsers: Browser) -> None:
    """The form's token belongs to the session: after signing in or out it is another one."""
    for browser in browsers:
        browser._form_token = None


def cookie_of(browser: Browser) -> str:
    """The session's cookie, as a thief would copy it."""
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def thief(world: World, token: str) -> Browser:
    """Another browser that has the session's cookie."""
    browser = world.client()
    browser.set_cookie(COOKIE, token)
    return browser


def networks(count: int) -> Iterable[str]:
    """Addresses, each in a network of its own."""
    return (f"203.0.{number}.7" for number in range(count))
