"""Who sees contacts: whoever sees the company they work at; nobody outside."""

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import object_session

from concord.actors import Actor, Scope
from concord.policy import within_scope
from concord.records.models import Record
from modules.crm.contacts.models import Contact
from modules.crm.permissions import Crm
from modules.crm.reach import Reach


class ContactPolicy(Reach[Contact]):
    def condition(self, actor: Actor) -> ColumnElement[bool]:
        reach = super().condition(actor)
        if actor.outside or not actor.may(self.read):
            return reach
        if actor.scope(self.read) is Scope.ALL:
            return true()
        return or_(reach, at_company(within_scope(actor, self.read)))

    def written_by(self, actor: Actor, permission: str) -> ColumnElement[bool]:
        own = super().written_by(actor, permission)
        return or_(own, at_company(own))

    def holds(self, actor: Actor, permission: str, record: Contact) -> bool:
        session = object_session(record)
        if session is None or actor.outside:
            return False
        if permission == self.read:
            return self._selected(session, record, self.condition(actor))
        return permission in self.permitted(session, actor, record, (permission,))


def at_company(reach: ColumnElement[bool]) -> ColumnElement[bool]:
    """SQL: the record belongs to a company that lies within `reach`."""
    # Not correlated: the inner records are companies, the outer ones what belongs to them.
    companies = select(Record.id).where(Record.kind == "company", reach).correlate(None)
    return Record.company_id.in_(companies)


CONTACTS = ContactPolicy(Contact, kind="contact", read=Crm.CONTACT_READ)
