"""Who reads what a person outside writes, said by name above the composer."""

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor, Face
from concord.identity.models import PortalMembership, User
from concord.records.models import Record
from concord.timeline.mentions import readable_by
from concord.timeline.models import Entry, TimelineLink

NAMED = 2
RECENT = 100


def readers(session: Session, actor: Actor, record: Record) -> str:
    """The house, those of its people who wrote here lately, and the actor's own colleagues."""
    house, names = organisation.name(), _who_wrote_lately(session, actor, record)
    if names:
        people = pgettext("between names", ", ").join(names)
        house = _("%(organisation)s (%(people)s and others)", organisation=house, people=people)
    number = _colleagues(session, actor)
    if not number:
        return _("Read by %(house)s", house=house)
    return ngettext(
        "Read by %(house)s and %(num)s colleague of yours",
        "Read by %(house)s and %(num)s colleagues of yours",
        number,
        house=house,
    )


def _who_wrote_lately(session: Session, actor: Actor, record: Record) -> list[str]:
    """Names of staff still here whose words the actor can read on this record, latest first."""
    recent = (
        select(Entry.actor_id, TimelineLink.audience_position.label("position"))
        .join(Entry, Entry.id == TimelineLink.entry_id)
        .where(
            TimelineLink.record_id == record.id,
            readable_by(actor),
            Entry.actor_face == Face.STAFF.value,
        )
        .order_by(TimelineLink.audience_position.desc())
        .limit(RECENT)
        .subquery()
    )
    query = (
        select(User.name)
        .join(recent, recent.c.actor_id == User.id)
        .where(User.disabled_at.is_(None))
        .group_by(User.id, User.name)
        .order_by(func.max(recent.c.position).desc())
        .limit(NAMED)
    )
    return list(session.scalars(query))


def _colleagues(session: Session, actor: Actor) -> int:
    query = (
        select(func.count())
        .select_from(PortalMembership)
        .join(User, User.id == PortalMembership.user_id)
        .where(
            PortalMembership.company_id == actor.company_id,
            PortalMembership.face == actor.face.value,
            PortalMembership.user_id != actor.user_id,
            User.disabled_at.is_(None),
        )
    )
    return session.scalar(query) or 0
