"""Each fact type can be said in both languages, shown, and read for years."""

import json
from pathlib import Path

import pytest

from concord.actors import SYSTEM
from concord.facts.types import AnyFactType, nobody, placeholders
from tests.world import World

GOLDEN = Path(__file__).parent / "facts"
ICONS = Path(__file__).parents[2] / "static" / "src" / "icons.txt"


def types_of(world: World) -> list[AnyFactType]:
    return list(world.installation.facts)


def test_every_fact_is_said_in_both_languages(world: World) -> None:
    for fact_type in types_of(world):
        sentence = fact_type.sentence
        assert sentence.en, fact_type.name
        assert sentence.zh, fact_type.name
        assert _named(sentence.en, "_en") == _named(sentence.zh, "_zh"), fact_type.name
        assert bool(sentence.many_en) == bool(sentence.many_zh), fact_type.name
        if fact_type.merges:
            assert "count" in placeholders(sentence.many_en), fact_type.name


def test_sentences_name_only_fields_of_the_payload(world: World) -> None:
    for fact_type in types_of(world):
        known = set(fact_type.fact.__dataclass_fields__) | {"count"}
        sentence = fact_type.sentence
        for text in (sentence.en, sentence.zh, sentence.many_en, sentence.many_zh):
            assert placeholders(text) <= known, (fact_type.name, text)
        assert fact_type.personal <= known, fact_type.name


def test_every_fact_has_a_template_and_an_icon(world: World) -> None:
    drawn = set(ICONS.read_text(encoding="utf-8").split())
    for fact_type in types_of(world):
        assert world.app.jinja_env.get_template(fact_type.template), fact_type.name
        assert fact_type.icon in drawn, (fact_type.name, fact_type.icon)


def test_who_is_told_of_a_fact_can_choose_how(world: World) -> None:
    """Whatever tells people has a heading and a name where they choose what they hear of."""
    for fact_type in types_of(world):
        assert world.installation.topics.get(fact_type.topic), fact_type.name
        if fact_type.tells is not nobody:
            assert fact_type.label is not None, fact_type.name


def test_every_released_payload_can_still_be_read(world: World) -> None:
    by_name = {fact_type.name: fact_type for fact_type in types_of(world)}
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in GOLDEN.glob("*.json")}
    for fact_type in by_name.values():
        for version in range(1, fact_type.version + 1):
            assert f"{fact_type.name}.{version}" in kept, f"keep a payload of {fact_type.name}"
    for stem, payload in kept.items():
        name, _, released = stem.rpartition(".")
        read = by_name[name].read(payload, int(released))
        for language in ("en", "zh"):
            assert by_name[name].sentence.render(language, read)


def _named(text: str, suffix: str) -> set[str]:
    """What a sentence says; a payload may hold a part of it in each language."""
    return {name.removesuffix(suffix) for name in placeholders(text)}


@pytest.mark.parametrize("name", ["no.such.fact"])
def test_an_unknown_fact_is_shown_plainly_and_stays_inside(world: World, name: str) -> None:
    assert world.installation.facts.get(name) is None
    assert SYSTEM.audience.word == "internal"
