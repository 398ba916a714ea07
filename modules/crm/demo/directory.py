"""Telling who there is: companies, the people who work there, and their ways into the portal."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from concord.actors import SYSTEM, Actor, Face
from concord.demo.story import Story
from concord.identity.memberships import join
from concord.identity.users import create as create_user
from concord.money import Money
from concord.parties.models import Party
from modules.crm.companies.actions import create_company
from modules.crm.contacts.actions import add_contact
from modules.crm.demo.customers_gold import GOLD
from modules.crm.demo.customers_others import OTHERS
from modules.crm.demo.customers_silver import SILVER
from modules.crm.demo.shapes import CHINESE_MOBILE, Firm, Pair, Person
from modules.crm.demo.suppliers import SUPPLIERS

CUSTOMERS: tuple[Firm, ...] = (*GOLD, *SILVER, *OTHERS)
IN_BRIEF = ("huadong", "kessler", "suzhou", "vogel", "hengtai", "lianchuang")
PORTAL_IN_BRIEF = ("zhou", "paul", "ursula", "huang", "wei")
FIRST_DAY = 65
"""Working days ago: the customer list comes in."""
BIRTH_YEAR = 1990
FIRST_EXTENSION = 100


def tell_directory(story: Story) -> None:
    """Maya brings the customers in, Zhao Yu the suppliers; a day later the portals open."""
    mobiles = count(101)
    with story.act("maya", FIRST_DAY, "9:30") as (session, actor):
        for firm in _told(story, CUSTOMERS):
            _tell_firm(story, session, actor, firm, mobiles)
    with story.act("zhao", FIRST_DAY, "11:00") as (session, actor):
        for firm in _told(story, SUPPLIERS):
            _tell_firm(story, session, actor, firm, mobiles)
    with story.act(None, FIRST_DAY - 1, "14:00") as (session, _system):
        for firm in _told(story, (*CUSTOMERS, *SUPPLIERS)):
            _open_portal(story, session, firm)


def _told(story: Story, firms: Iterable[Firm]) -> Iterable[Firm]:
    return (firm for firm in firms if not story.brief or firm.key in IN_BRIEF)


def _tell_firm(
    story: Story, session: Session, actor: Actor, firm: Firm, mobiles: Iterator[int]
) -> None:
    company = create_company(session, actor, _values(story, firm))
    story.records[firm.key] = company.id
    for extension, person in enumerate(firm.people, start=FIRST_EXTENSION + 1):
        number = firm.dial.format(extension)
        if number.startswith("+86"):
            number = CHINESE_MOBILE.format(next(mobiles))
        contact = add_contact(session, actor, company, _person_values(story, firm, person, number))
        story.records[person.key] = contact.id


def _values(story: Story, firm: Firm) -> Mapping[str, Any]:
    return {
        "title": story.say(firm.en, firm.zh),
        "owner_id": story.people[firm.owner],
        "is_customer": firm.is_customer,
        "is_supplier": firm.is_supplier,
        "tier": firm.tier,
        "state": firm.state,
        "phone": firm.dial.format(FIRST_EXTENSION),
        "email": f"info@{firm.site}",
        "website": firm.site,
        "industry": story.say(*firm.industry),
        "city": story.say(*firm.city),
        "source": _said(story, firm.source),
        "employees": firm.employees,
        "customer_since": None if firm.since is None else date.fromisoformat(firm.since),
        "credit_limit": None if firm.credit is None else Money.parse(str(firm.credit), "CNY"),
        "payment_terms_days": firm.days,
        "notes": _said(story, firm.notes),
    }


def _person_values(story: Story, firm: Firm, person: Person, phone: str) -> Mapping[str, Any]:
    return {
        "title": story.say(person.en, person.zh),
        "job_title": story.say(*person.job),
        "role": person.role,
        "importance": person.importance,
        "phone": phone,
        "email": f"{person.mailbox}@{firm.site}",
        "birthday": _birthday(story, person.born),
    }


def _said(story: Story, words: Pair | None) -> str | None:
    return None if words is None else story.say(*words)


def _birthday(story: Story, born: str | None) -> date | None:
    if born is None:
        return None
    if not born.startswith("+"):
        return date.fromisoformat(born)
    coming = story.today + timedelta(days=int(born))
    leap_day = (coming.month, coming.day) == (2, 29)
    return coming.replace(year=BIRTH_YEAR, day=28 if leap_day else coming.day)


def _open_portal(story: Story, session: Session, firm: Firm) -> None:
    company = session.get_one(Party, story.records[firm.key])
    for person in firm.people:
        if person.portal is None or (story.brief and person.portal not in PORTAL_IN_BRIEF):
            continue
        user = create_user(
            session,
            SYSTEM,
            name=story.say(person.en, person.zh),
            email=f"{person.mailbox}@{firm.site}",
            is_staff=False,
            title=story.say(*person.job),
            language=story.language,
            timezone=firm.timezone or story.installation.settings.timezone,
        )
        face = Face.SUPPLIER if person.supplies or not firm.is_customer else Face.CUSTOMER
        join(session, user, company, face, is_administrator=person.administrator)
        story.people[person.portal] = user.id
