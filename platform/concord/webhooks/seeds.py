"""The webhook of the demo story: prepared for the production system, not yet started."""

from functools import partial

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.demo.story import Story
from concord.webhooks.actions import add
from concord.webhooks.events import EVERYTHING, known
from concord.webhooks.stopping import stop

WANTED = ("company.*", "date_request.answered", "task.completed")


def seed(story: Story) -> None:
    story.plan("na", 4, "16:10", partial(_prepare, story))


def _prepare(story: Story, session: Session, actor: Actor) -> None:
    """It is stopped in the moment it is made: a demo tells nobody anything."""
    hook, _secret = add(
        session,
        actor,
        title=story.say("Production planning", "生产计划系统"),
        url="https://planning.example.com/hooks/concord",
        events=[name for name in WANTED if name in known()] or [EVERYTHING],
    )
    stop(session, actor, hook)
    story.records["webhook_planning"] = hook.id
