"""Everything that changes a company. Callers pass values that a schema has checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.editing import Changed, edit
from concord.errors import Invalid
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.facts.wording import said
from concord.identity.assignees import find_assignee
from concord.identity.models import User
from concord.records import actions as records
from modules.crm.companies.facts import (
    CREDIT_WORDS,
    WORDS,
    CompanyArchived,
    CompanyAssigned,
    CompanyChanged,
    CompanyCreated,
    CompanyCreditChanged,
    CompanyRestored,
)
from modules.crm.companies.models import Company
from modules.crm.contacts.models import Contact
from modules.crm.permissions import CREDIT


def create_company(session: Session, actor: Actor, values: Mapping[str, Any]) -> Company:
    """Add a company; `values` by attribute name (`title` is its name). The actor owns it unless
    `owner_id` names somebody else."""
    _check_side(values.get("is_customer", False), values.get("is_supplier", False))
    owner = find_assignee(session, values["owner_id"]) if values.get("owner_id") else None
    company = Company(**values)
    if owner is not None:
        company.team_id = owner.team_id
    records.create(session, actor, company)
    record_fact(session, actor, CompanyCreated(title=company.title), subject=company)
    set_here = {n: (None, getattr(company, n)) for n in CREDIT_WORDS if values.get(n) is not None}
    _say_credit(session, actor, company, set_here)
    return company


def change_company(
    session: Session,
    actor: Actor,
    company: Company,
    changes: Mapping[str, Any],
    originals: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Changed:
    """Change fields; gives what really changed. Sets nothing when it raises."""
    wanted = dict(changes)
    _check_side(
        wanted.get("is_customer", company.is_customer),
        wanted.get("is_supplier", company.is_supplier),
    )
    owner_id = wanted.pop("owner_id", company.owner_id)
    changed = edit(session, company, wanted, originals, expected_version)
    open_to_all = {name: values for name, values in changed.items() if name not in CREDIT_WORDS}
    if open_to_all:
        en, zh = said(open_to_all, WORDS)
        fact = CompanyChanged(
            title=company.title, fields=tuple(open_to_all), said_en=en, said_zh=zh
        )
        record_fact(session, actor, fact, subject=company)
    _say_credit(session, actor, company, {n: v for n, v in changed.items() if n in CREDIT_WORDS})
    if owner_id != company.owner_id:
        assign_company(session, actor, company, find_assignee(session, owner_id))
    return changed


def archive_company(session: Session, actor: Actor, company: Company) -> None:
    """Put a company away: it leaves lists and pages and can be restored."""
    records.archive(session, actor, company)
    record_fact(session, actor, CompanyArchived(title=company.title), subject=company)


def restore_company(session: Session, actor: Actor, company: Company) -> None:
    records.restore(session, actor, company)
    record_fact(session, actor, CompanyRestored(title=company.title), subject=company)


def assign_company(session: Session, actor: Actor, company: Company, owner: User) -> None:
    """Hand a company to another owner, with those of its contacts that its owner held."""
    if owner.id == company.owner_id:
        return
    theirs = Contact.owner_id.is_not_distinct_from(company.owner_id)
    contacts = select(Contact).where(Contact.company_id == company.id, theirs)
    for record in (company, *session.scalars(contacts)):
        records.assign(session, actor, record, owner)
    fact = CompanyAssigned(title=company.title, owner_id=owner.id, owner_name=owner.name)
    record_fact(session, actor, fact, subject=company)


def assign_companies(
    session: Session, actor: Actor, companies: Sequence[Company], owner: User
) -> None:
    """Hand over many, without a fact for each: that is the caller's to record."""
    moving = {company.id: company for company in companies if company.owner_id != owner.id}
    contacts = session.scalars(select(Contact).where(Contact.company_id.in_(moving)))
    theirs = [c for c in contacts if c.owner_id == moving[c.company_id or 0].owner_id]
    records.assign_many(session, actor, (*moving.values(), *theirs), owner)


def _check_side(is_customer: bool, is_supplier: bool) -> None:
    if not (is_customer or is_supplier):
        raise Invalid({"is_customer": [_("Choose customer, supplier or both.")]})


def _say_credit(session: Session, actor: Actor, company: Company, changed: Changed) -> None:
    """Credit terms have a fact of their own, readable only with the field group."""
    if not changed:
        return
    en, zh = said(changed, CREDIT_WORDS)
    fact = CompanyCreditChanged(title=company.title, fields=tuple(changed), said_en=en, said_zh=zh)
    link = Link(company, field_group=CREDIT)
    record_fact(session, actor, fact, subject=company, links=[link])
