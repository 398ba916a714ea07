"""Modules come and go by one line: what is left still works, and what does not fit is said."""

from dataclasses import replace
from pathlib import Path

import pytest

from concord.app import create_app
from concord.installation import using
from concord.module import Module, in_order
from concord.web.routing import PUBLIC, Routes, UndeclaredView
from tests.world import World, settings_for
from wsgi import MODULES

BY_NAME = {module.name: module for module in MODULES}


def without(name: str) -> tuple[Module, ...]:
    """The product without one module and whatever cannot be without it."""
    gone = {name}
    while more := {m.name for m in MODULES if set(m.requires) & gone} - gone:
        gone |= more
    return tuple(module for module in MODULES if module.name not in gone)


@pytest.mark.parametrize("name", BY_NAME)
def test_removing_a_module_leaves_a_working_program(world: World, name: str) -> None:
    settings = world.installation.settings
    app = create_app(settings_for(settings.data_dir, settings.database_url), without(name))
    left = World(app, app.extensions["concord"], world.people, world.records)
    with using(left.installation):
        for person in ("lin", "na", "zhou", "huang"):
            browser = left.client(person)
            home = "/" if person in ("lin", "na") else "/portal/"
            assert browser.get(home).status_code == 200, (name, person)
            assert browser.get("/notifications").status_code == 200, (name, person)
        for record_id in world.records.values():
            assert left.client("lin").get(f"/records/{record_id}/timeline").status_code in (
                200,
                404,
            )
    left.installation.database.dispose()


def test_a_module_that_is_required_and_absent_stops_the_start() -> None:
    lonely = replace(MODULES[0], name="lonely", requires=("nowhere",))
    with pytest.raises(LookupError, match="lonely requires nowhere, which is not installed"):
        in_order((lonely,))


def test_modules_that_require_each_other_stop_the_start() -> None:
    first = replace(MODULES[0], name="first", requires=("second",))
    second = replace(MODULES[0], name="second", requires=("first",))
    with pytest.raises(LookupError, match="first → second → first"):
        in_order((first, second))


def test_a_route_without_a_permission_stops_the_start(tmp_path: Path) -> None:
    routes = Routes("careless", __name__)
    with pytest.raises(UndeclaredView, match=r"careless\.anything names no permission"):

        @routes.get("/anything")
        def anything() -> str:
            return ""


def test_a_route_added_past_the_decorator_stops_the_start(tmp_path: Path) -> None:
    routes = Routes("hasty", __name__)
    routes.add_url_rule("/hasty", "hasty", lambda: "")
    module = Module(name="hasty", title=MODULES[0].title, folder=tmp_path, blueprints=(routes,))
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'concord.db'}")
    with pytest.raises(UndeclaredView, match="hasty"):
        create_app(settings, (module,))
    assert PUBLIC.value == "public"
