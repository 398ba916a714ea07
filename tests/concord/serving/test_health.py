"""What those who run the program may ask it, and what others may not."""

import re

from concord.app import create_app
from tests.world import World, settings_for
from wsgi import MODULES


def test_it_lives_whoever_asks(world: World) -> None:
    answer = world.client().get("/livez")
    assert (answer.status_code, answer.text) == (200, "alive")


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
