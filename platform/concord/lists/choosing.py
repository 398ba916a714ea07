"""What an editor of a condition or of a cell offers to choose from."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.identity.assignees import assignees
from concord.identity.models import Team
from concord.lists.conditions import ME, MY_TEAM
from concord.lists.fields import Field
from concord.lists.kinds import Kind
from concord.lists.periods import PERIODS
from concord.lists.types import ListType
from concord.records.access import visible_ids
from concord.records.models import Record
from concord.tags.queries import all_tags

MOST_OFFERED = 200
Offers = Sequence[tuple[str, str]]


def offers(
    session: Session, actor: Actor, list_type: ListType, known: Field, *, filtering: bool = False
) -> Offers:
    """The values of a field by their text; filters may also say me, or my team."""
    if known.kind is Kind.CHOICE:
        return [(value, str(label)) for value, label in known.options]
    if known.kind is Kind.TRUTH:
        return [("true", _("yes")), ("false", _("no"))]
    if known.kind is Kind.PERSON:
        mine = [(ME, _("me")), (MY_TEAM, _("my team"))] if filtering else []
        return [*mine, *((str(key), name) for key, name in assignees(session))]
    if known.kind is Kind.TEAM:
        mine = [(MY_TEAM, _("my team"))] if filtering else []
        teams = session.execute(select(Team.id, Team.name).order_by(Team.name))
        return [*mine, *((str(key), name) for key, name in teams)]
    if known.kind is Kind.TAGS:
        return [(str(tag.id), tag.name) for tag in all_tags(session)]
    if known.kind is Kind.RECORD:
        return _records(session, actor, list_type, known)
    return []


def periods() -> Offers:
    return [(key, str(label)) for key, label in PERIODS.items()]


def _records(
    session: Session, actor: Actor, list_type: ListType, known: Field
) -> list[tuple[str, str]]:
    """The records that this list names in this field, as far as the actor may open them."""
    column = known.expression(actor)
    named = list_type.visible(actor).with_only_columns(column, maintain_column_froms=True)
    ids = named.where(column.is_not(None)).distinct().limit(MOST_OFFERED)
    there = Record.__table__.alias("there")
    query = select(there.c.id, there.c.kind, there.c.title).where(
        there.c.id.in_(ids.subquery().select())
    )
    rows = session.execute(query.order_by(there.c.sort_key)).all()
    seen = visible_ids(session, actor, {row.id: row.kind for row in rows})
    return [(str(row.id), row.title) for row in rows if row.id in seen]
