"""First steps: each sees by itself whether it is done; the list goes when nothing is left."""

from sqlalchemy import delete

from concord.database.base import Model
from concord.house import first_steps
from concord.identity.models import Team
from concord.records.models import RecordMember
from tests.concord.house.test_organisation import GIVEN, picture, send_logo
from tests.world import World


def open_steps(world: World) -> list[str]:
    with world.act("na") as (session, actor):
        found = first_steps.load(session, actor)
        return [] if found is None else [step.label for step in found.steps if not step.done]


def test_the_demo_house_lacks_only_what_nobody_has_done_in_it(world: World) -> None:
    assert open_steps(world) == [
        "Name and logo",
        "Does mail arrive?",
        "A second factor for yourself",
    ]


def test_a_step_is_done_when_it_is_done(world: World) -> None:
    world.client("na").post("/settings/organisation", data={**GIVEN, "language": "en"})
    assert "Name and logo" in open_steps(world)
    send_logo(world, picture())
    assert "Name and logo" not in open_steps(world)


def test_a_house_without_teams_is_asked_for_one(world: World) -> None:
    assert "Teams" not in open_steps(world)
    with world.writing() as session:
        for table in reversed(Model.metadata.sorted_tables):
            for column in table.columns:
                if column.name == "team_id" and table.name != RecordMember.__tablename__:
                    session.execute(table.update().values(team_id=None))
        session.execute(delete(RecordMember))
        session.execute(delete(Team))
        session.commit()
    assert "Teams" in open_steps(world)


def test_it_is_on_the_administrators_workbench_until_it_is_put_away(world: World) -> None:
    na = world.client("na")
    assert "First steps" in na.get("/").text
    assert na.post("/settings/first-steps/put-away").status_code == 303
    assert "First steps" not in na.get("/").text


def test_nobody_else_sees_it_or_puts_it_away(world: World) -> None:
    assert "First steps" not in world.client("maya").get("/").text
    assert world.client("maya").post("/settings/first-steps/put-away").status_code == 403
    assert world.client("zhou").post("/settings/first-steps/put-away").status_code == 404
