"""How contacts are found: by staff alone."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from concord.actors import Actor, Face
from concord.records.access import visible_ids
from concord.records.models import Record
from concord.search.types import Document, SearchType
from modules.crm.contacts.models import Contact

Employer = aliased(Record, flat=True)


def documents(contact: Contact) -> Mapping[Face, Document]:
    staff = Document(
        title=contact.title,
        numbers=(contact.phone,),
        addresses=(contact.email,),
        text=(contact.job_title,),
    )
    return {Face.STAFF: staff}


def details(session: Session, actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """What they do, and where, if the reader may know the company."""
    query = select(Contact.id, Contact.job_title, Employer.id.label("company_id"))
    query = query.add_columns(Employer.title.label("company"), Employer.kind.label("kind"))
    rows = session.execute(
        query.outerjoin(Employer, and_(Employer.id == Contact.company_id)).where(
            Contact.id.in_(ids)
        )
    ).all()
    known = visible_ids(session, actor, {r.company_id: r.kind for r in rows if r.company_id})
    found = {}
    for row in rows:
        company = row.company if row.company_id in known else None
        found[row.id] = " · ".join(part for part in (row.job_title, company) if part)
    return found


CONTACT_SEARCH: SearchType[Contact] = SearchType(documents=documents, details=details, people=True)
