"""The settings: everybody finds their own pages there, administrators all of them."""

from flask import url_for

from tests.world import World

LINK = '<li><a href="{}"'


def test_everybody_of_the_staff_has_their_own_pages(world: World) -> None:
    page = world.client("tom").get("/settings").text
    assert LINK.format("/preferences") in page
    assert LINK.format("/settings/people") not in page
    assert "Organisation" not in page


def test_an_administrator_finds_how_the_house_works(world: World) -> None:
    page = world.client("na").get("/settings/people").text
    assert LINK.format("/settings/people") + ' aria-current="page"' in page
    for path in ("/preferences", "/settings/teams", "/settings/roles", "/settings/portal"):
        assert LINK.format(path) in page


def test_the_start_is_the_first_page_one_may_open(world: World) -> None:
    page = world.client("lin").get("/settings").text
    assert LINK.format("/preferences") + ' aria-current="page"' in page
    assert "lin@" in page


def test_people_outside_have_their_profile_and_no_settings(world: World) -> None:
    zhou = world.client("zhou")
    assert zhou.get("/settings").status_code == 404
    assert 'class="settings' not in zhou.get("/portal/profile").text


def test_every_page_of_the_settings_leads_somewhere(world: World) -> None:
    pages = [page for module in world.installation.modules for page in module.settings]
    with world.app.test_request_context():
        addresses = [url_for(page.endpoint) for page in pages]
    assert len(set(addresses)) == len(addresses)
    na = world.client("na")
    for address in addresses:
        assert na.get(address).status_code == 200, address
