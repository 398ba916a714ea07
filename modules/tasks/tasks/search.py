"""How tasks are found: by staff alone, and never by the name of what they are about."""

from collections.abc import Mapping, Sequence

from flask_babel import pgettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.identity.models import User
from concord.search.types import Document, SearchType
from concord.web.formatting import short_date
from modules.tasks.tasks.models import State, Task


def documents(task: Task) -> Mapping[Face, Document]:
    return {Face.STAFF: Document(title=task.title, text=(task.note,))}


def details(session: Session, _actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """Who does it, and by when, or that it is done."""
    query = select(Task.id, Task.state, Task.due_on, Task.due_at, User.name)
    rows = session.execute(
        query.outerjoin(User, User.id == Task.owner_id).where(Task.id.in_(ids))
    ).all()
    found = {}
    for row in rows:
        when = (
            pgettext("task", "Done")
            if row.state == State.DONE
            else short_date(row.due_on or row.due_at)
        )
        found[row.id] = " · ".join(part for part in (row.name, when) if part)
    return found


TASK_SEARCH: SearchType[Task] = SearchType(documents=documents, details=details)
