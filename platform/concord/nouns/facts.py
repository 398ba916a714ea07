"""What happens to a noun: added, changed, archived, restored, said in both languages."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from concord.facts.types import AnyFactType, Fact, FactType, Sentence, nobody, owner
from concord.nouns.noun import AnyNoun


@dataclass(frozen=True, kw_only=True)
class NounFact(Fact):
    """`title` is what the record was called then."""

    title: str = ""


@dataclass(frozen=True, kw_only=True)
class NounChanged(NounFact):
    """`fields` names what changed."""

    fields: tuple[str, ...] = ()


class NounFacts(NamedTuple):
    """The four fact types of one noun."""

    added: AnyFactType
    changed: AnyFactType
    archived: AnyFactType
    restored: AnyFactType


@cache
def facts_of(noun: AnyNoun) -> NounFacts:
    return NounFacts(
        added=_fact(noun, "added", "新增", "plus"),
        changed=_fact(noun, "changed", "修改", "pencil"),
        archived=_fact(noun, "archived", "归档", "archive"),
        restored=_fact(noun, "restored", "恢复", "archive-restore"),
    )


def _fact(noun: AnyNoun, verb: str, zh: str, icon: str) -> AnyFactType:
    changes = verb == "changed"
    base = NounChanged if changes else NounFact
    made: type[Fact] = type(f"{noun.model.__name__}{verb.title()}", (base,), {})
    words = noun.words
    return FactType(
        name=f"{noun.kind}.{verb}",
        fact=made,
        icon=icon,
        sentence=Sentence(
            en=f"{verb} the {words.one} “{{title}}”", zh=f"{zh}了{words.zh}“{{title}}”"
        ),
        tells=owner if changes else nobody,
        label=_l("Changes to mine: %(nouns)s", nouns=noun.plural) if changes else None,
    )
