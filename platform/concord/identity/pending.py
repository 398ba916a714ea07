"""What somebody set going while they still had the right to."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from concord.identity.models import Invitation


def withdraw_invitations_of(session: Session, user_id: int, company_id: int | None = None) -> None:
    """Take back what a person sent and nobody has accepted, for one company or altogether: who is
    shut out must not come in again by an invitation of their own."""
    sent = delete(Invitation).where(
        Invitation.invited_by_id == user_id, Invitation.accepted_at.is_(None)
    )
    if company_id is not None:
        sent = sent.where(Invitation.company_id == company_id)
    session.execute(sent)
