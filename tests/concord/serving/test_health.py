"""What those who run the program may ask it, and what others may not."""

import re

from sqlalchemy import update

from concord.app import create_app
from concord.migrations.state import SEEN
from tests.world import World, settings_for
from wsgi import MODULES


def test_it_lives_whoever_asks(world: World) -> None:
    answer = world.client().get("/livez")
    assert (answer.status_code, answer.text) == (200, "alive")


def test_it_is_ready_with_a_database_of_this_release(world: World) -> None:
    ready = world.client().get("/readyz")
    with world.writing() as session:
        session.execute(update(SEEN).values(version_num="0000_before"))
        session.commit()
    late = world.client().get("/readyz")
    assert (ready.status_code, ready.text) == (200, "ready")
    assert (late.status_code, late.text) == (503, "unready")


def test_it_is_not_ready_without_its_database(world: World) -> None:
    world.installation.database.dispose()
    (world.installation.settings.data_dir / "concord.db").write_bytes(b"this is no database")
    assert world.client().get("/readyz").status_code == 503


def test_figures_are_for_whoever_holds_the_token(world: World) -> None:
    settings = settings_for(
        world.installation.settings.data_dir,
        world.installation.settings.database_url,
        metrics_token="figures please",
    )
    client = create_app(settings, MODULES).test_client()
    client.get("/livez")
    asked = {"Authorization": "Bearer figures please"}
    figures = client.get("/metrics", headers=asked).text
    assert re.search(r'concord_requests_total\{endpoint="health.livez".*status="200"\}', figures)
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 404
    assert world.client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_figures_name_no_person_and_no_address_asked_for(world: World) -> None:
    world.client("lin").get("/no-such-page/zhou.min@example.com?token=secret")
    settings = settings_for(
        world.installation.settings.data_dir,
        world.installation.settings.database_url,
        metrics_token="figures please",
    )
    client = create_app(settings, MODULES).test_client()
    figures = client.get("/metrics", headers={"Authorization": "Bearer figures please"}).text
    assert "zhou" not in figures
    assert "no-such-page" not in figures
