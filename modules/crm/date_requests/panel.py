"""Requests for dates on a company's page: about a customer, asked of a supplier."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from concord.actors import Actor
from modules.crm.companies.models import Company
from modules.crm.date_requests.permissions import DateRequests
from modules.crm.date_requests.queries import RequestRow, around


@dataclass(frozen=True, slots=True)
class DatesPanel:
    requests: Sequence[RequestRow]
    may_ask: bool
    ask_url: str


@dataclass(frozen=True, slots=True)
class AskLine:
    ask_url: str


def dates_panel(session: Session, actor: Actor, company: Company) -> DatesPanel:
    may_ask = actor.may(DateRequests.WRITE)
    return DatesPanel(around(session, actor, company), may_ask, _ask_url(company))


def ask_line(_session: Session, _actor: Actor, company: Company) -> AskLine:
    return AskLine(_ask_url(company))


def _ask_url(company: Company) -> str:
    """A supplier is asked; anybody else is what the dates are for."""
    if company.is_supplier:
        return url_for("date_requests.new", company_id=company.id)
    return url_for("date_requests.new", about_id=company.id)
