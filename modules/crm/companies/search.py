"""How companies are found: by name, number and address; their own people find only the name."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.identity.models import User
from concord.search.types import Document, SearchType
from modules.crm.companies.models import Company
from modules.crm.companies.schemas import TIER_LABELS

LABELS = dict(TIER_LABELS)


def documents(company: Company) -> Mapping[Face, Document]:
    found = {
        Face.STAFF: Document(
            title=company.title,
            numbers=(company.phone,),
            addresses=(company.email, company.website),
            text=(company.city, company.industry, company.source, company.notes),
        )
    }
    return found | {face: Document(title=company.title) for face in _faces(company)}


def details(session: Session, actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """Tier, owner and place, for staff."""
    if actor.outside:
        return {}
    query = select(Company.id, Company.tier, User.name, Company.city)
    rows = session.execute(
        query.outerjoin(User, User.id == Company.owner_id).where(Company.id.in_(ids))
    )
    return {row.id: _line(row.tier, row.name, row.city) for row in rows}


def _line(tier: str, owner: str | None, city: str | None) -> str:
    parts = ("" if tier == "none" else str(LABELS[tier]), owner, city)
    return " · ".join(part for part in parts if part)


def _faces(company: Company) -> Iterator[Face]:
    if company.is_customer:
        yield Face.CUSTOMER
    if company.is_supplier:
        yield Face.SUPPLIER


COMPANY_SEARCH: SearchType[Company] = SearchType(documents=documents, details=details)
