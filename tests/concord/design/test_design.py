"""The design page shows what there is: a component without a specimen is noticed here."""

import re

from concord.design.specimens import TEMPLATES, specimens
from tests.world import World


def test_every_component_is_shown_and_says_how_it_is_called() -> None:
    components = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    shown = {specimen.name: specimen.usage for specimen in specimens()}
    assert components <= shown.keys(), "these have no template in design/specimens"
    assert all(shown[name] for name in components)


def test_na_sees_every_component_with_its_name(world: World) -> None:
    page = world.client("na").get("/settings/design")
    assert page.status_code == 200
    for specimen in specimens():
        assert f'id="specimen-{specimen.name}"' in page.text
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert sorted(ids) == sorted(set(ids)), "an id stands twice"


def test_the_sample_answers_with_what_was_written_and_keeps_nothing(world: World) -> None:
    na = world.client("na")
    answer = na.fragment("/settings/design/facts?city=<b>Suzhou")
    assert "&lt;b&gt;Suzhou" in answer.text
    assert "<b>Suzhou" not in answer.text
    assert "&lt;b&gt;Suzhou" not in na.get("/settings/design").text


def test_others_have_no_such_page(world: World) -> None:
    assert world.client("lin").get("/settings/design").status_code == 403
    assert world.client("zhou").get("/settings/design").status_code == 404
    assert world.client().get("/settings/design").status_code in (302, 303, 401)
