"""The first act: the organisation, its teams, and everybody who works there."""

from concord.actors import SYSTEM
from concord.clock import now
from concord.demo.people import COLLEAGUES, IN_TESTS, ORGANISATION, TEAMS
from concord.demo.story import Story
from concord.identity.teams import create as create_team
from concord.identity.users import create as create_user
from concord.organisation import write_setting

BEFORE_ALL = 66
"""Working days before today: a quarter of a year."""


def seed(story: Story) -> None:
    """Name the house and hire its people; they have no password until somebody sets one."""
    with story.act(None, days_ago=BEFORE_ALL) as (session, _system):
        write_setting(session, "organisation", {"name": story.say(*ORGANISATION)})
        teams = {
            key: create_team(session, SYSTEM, story.say(*names)).id for key, names in TEAMS.items()
        }
        for colleague in (*COLLEAGUES, *(IN_TESTS if story.brief else ())):
            user = create_user(
                session,
                SYSTEM,
                name=colleague.name(story.language),
                email=colleague.email,
                is_staff=True,
                role_keys=(colleague.role,),
                team_id=teams[colleague.team],
                title=colleague.title(story.language),
                language=story.language,
                email_proved_at=now(),
            )
            session.flush()
            story.people[colleague.key] = user.id
