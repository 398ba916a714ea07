"""The company: everything the platform itself need not know about it."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, event
from sqlalchemy.orm import Mapped, composite, mapped_column

from concord.database.base import BigId
from concord.money import Money
from concord.parties.models import Party
from modules.crm.matching import email_key, name_key, phone_key

TIERS = ("gold", "silver", "bronze", "none")
STATES = ("prospect", "active", "dormant", "former")


class Company(Party):
    """A customer, a supplier, or both. Credit limit and payment terms are of the group credit."""

    __tablename__ = "crm_companies"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_parties.id"), primary_key=True)
    tier: Mapped[str] = mapped_column(default="none")
    state: Mapped[str] = mapped_column(default="active")
    phone: Mapped[str | None]
    email: Mapped[str | None]
    website: Mapped[str | None]
    industry: Mapped[str | None]
    source: Mapped[str | None]
    city: Mapped[str | None]
    employees: Mapped[int | None] = mapped_column(index=True)
    customer_since: Mapped[date | None]
    credit_limit_minor: Mapped[int | None]
    credit_limit_currency: Mapped[str | None] = mapped_column(String(3))
    payment_terms_days: Mapped[int | None]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    notes: Mapped[str | None]
    name_key: Mapped[str] = mapped_column(index=True)
    phone_key: Mapped[str | None] = mapped_column(index=True)
    email_key: Mapped[str | None] = mapped_column(index=True)

    credit_limit: Mapped[Money | None] = composite("credit_limit_minor", "credit_limit_currency")

    __mapper_args__: dict[str, Any] = {
        "polymorphic_identity": "company",
        "inherit_condition": id == Party.id,
    }
    __table_args__: Any = (
        CheckConstraint(f"tier IN {TIERS}", name="tier"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(
            "(credit_limit_minor IS NULL) = (credit_limit_currency IS NULL)", name="credit_limit"
        ),
    )

    @property
    def name(self) -> str:
        return self.title


@event.listens_for(Company, "before_insert")
@event.listens_for(Company, "before_update")
def _keep_match_keys(_mapper: Any, _connection: Any, company: Company) -> None:
    keys = (name_key(company.title), phone_key(company.phone), email_key(company.email))
    if keys != (company.name_key, company.phone_key, company.email_key):
        company.name_key, company.phone_key, company.email_key = keys
