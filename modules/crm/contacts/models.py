"""The person at a company."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import BigId
from concord.records.models import Record
from modules.crm.matching import email_key, phone_key

ROLES = ("decider", "influencer", "user", "buyer", "gatekeeper")
IMPORTANCES = ("key", "normal", "minor")


class Contact(Record):
    """A person at one company (`company_id`). The record's `title` is the person's name."""

    __tablename__ = "crm_contacts"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_records.id"), primary_key=True)
    job_title: Mapped[str | None]
    role: Mapped[str | None]
    importance: Mapped[str] = mapped_column(default="normal")
    phone: Mapped[str | None]
    email: Mapped[str | None]
    birthday: Mapped[date | None]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    phone_key: Mapped[str | None] = mapped_column(index=True)
    email_key: Mapped[str | None] = mapped_column(index=True)

    __mapper_args__: dict[str, Any] = {
        "polymorphic_identity": "contact",
        "inherit_condition": id == Record.id,
    }
    __table_args__: Any = (
        CheckConstraint(f"role IN {ROLES}", name="role"),
        CheckConstraint(f"importance IN {IMPORTANCES}", name="importance"),
    )

    @property
    def name(self) -> str:
        return self.title


@event.listens_for(Contact, "before_insert")
@event.listens_for(Contact, "before_update")
def _keep_match_keys(_mapper: Any, _connection: Any, contact: Contact) -> None:
    keys = (phone_key(contact.phone), email_key(contact.email))
    if keys != (contact.phone_key, contact.email_key):
        contact.phone_key, contact.email_key = keys
