"""Whose rights a run has at this moment: those of whoever began it, as they are now."""

from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.bulk.models import BulkRun
from concord.identity.actors import actors_of
from concord.identity.tokens import actor_of_token_id


def acting(session: Session, run: BulkRun) -> Actor | None:
    """None where the person is shut out, or the token that began it is no longer good."""
    if run.owner_id is None:
        return None
    if run.token_id is not None:
        return actor_of_token_id(session, run.token_id)
    actors = actors_of(session, [run.owner_id]).get(run.owner_id, [])
    return next((actor for actor in actors if actor.face is Face.STAFF), None)
