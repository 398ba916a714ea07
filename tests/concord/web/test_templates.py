"""What templates build on: sentences in the reader's language, and icons of the build at hand."""

import os
from pathlib import Path

import pytest
from flask_babel import force_locale
from jinja2 import DictLoader, Environment

from concord.web import static
from concord.web.static import Assets
from tests.world import World

TEMPLATE = "greeting.html"


def written(world: World, source: str, **values: object) -> str:
    """A template of ours, as Lin reads it."""
    environment = world.app.jinja_env.overlay(loader=DictLoader({TEMPLATE: source}))
    with world.act("lin"):
        return environment.get_template(TEMPLATE).render(**values)


def test_what_is_filled_into_a_sentence_is_escaped_and_the_sentence_is_not(world: World) -> None:
    source = '{{ _("Select <b>%(name)s</b>, 100 %%", name=name) }}'
    said = written(world, source, name="<i>Huadong</i>")
    assert said == "Select <b>&lt;i&gt;Huadong&lt;/i&gt;</b>, 100 %"


def test_one_and_many_are_counted(world: World) -> None:
    source = '{{ ngettext("%(num)s min", "%(num)s min", 3) }}'
    assert written(world, source) == "3 min"


def test_a_letter_in_another_language_does_not_change_the_page_around_it(world: World) -> None:
    source = '{{ _("Timeline") }} {{ letter() }} {{ _("Timeline") }}'

    def letter() -> str:
        with force_locale("zh_Hans_CN"):
            return world.app.jinja_env.from_string('{{ _("Timeline") }}').render()

    first, chinese, last = written(world, source, letter=letter).split()
    assert first == last == "Timeline"
    assert chinese == "动态"


def test_an_icon_says_what_it_means_where_it_stands_alone(world: World) -> None:
    drawn = written(world, '{{ "users"|icon("s", label) }}', label='"shared"')
    assert drawn.startswith('<svg class="i s" role="img" aria-label="&#34;shared&#34;"><use ')
    assert written(world, '{{ "bell"|icon }}').startswith('<svg class="i" aria-hidden="true"><use ')


def test_a_page_takes_its_icons_from_a_new_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static, "LOOKED_AFTER", 0)
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"icons.svg": "icons-OLD.svg"}')
    source = '{{ asset("app.js") }}{{ "x"|icon }}'
    environment = Environment(loader=DictLoader({TEMPLATE: source}), autoescape=True)
    assets = Assets(tmp_path, environment)
    environment.globals["asset"], environment.filters["icon"] = assets.url, assets.icon
    assert "icons-OLD.svg#x" in environment.get_template(TEMPLATE).render()
    manifest.write_text('{"icons.svg": "icons-NEW.svg"}')
    os.utime(manifest, (1, 1))
    environment.get_template(TEMPLATE).render()
    assert "icons-NEW.svg#x" in environment.get_template(TEMPLATE).render()
