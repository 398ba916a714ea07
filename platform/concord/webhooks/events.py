"""What a webhook listens for: names of facts, all of a noun (`opportunity.*`), or all (`*`)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from string import Formatter

from flask_babel import get_locale, pgettext
from flask_babel import gettext as _

from concord.errors import Invalid
from concord.facts.types import AnyFactType
from concord.installation import current_installation
from concord.timeline.facts import FACTS as TIMELINE_FACTS

EVERYTHING = "*"
PING = "webhook.ping"
MOST = 200
ON_TIMELINES = frozenset(fact_type.name for fact_type in TIMELINE_FACTS)


@dataclass(frozen=True, slots=True)
class Choice:
    """An event that can be chosen: its name and what it says to people."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """The events of one noun; `pattern` means all of them, also those that come later.

    What is said on timelines stands together, and is chosen one by one.
    """

    pattern: str | None
    label: str
    choices: Sequence[Choice]


def matches(events: Collection[str], name: str) -> bool:
    """Whether a webhook with these events hears of a fact of this name."""
    return EVERYTHING in events or name in events or f"{_noun(name)}.*" in events


def checked(events: Iterable[str]) -> list[str]:
    """The events without repetition; Invalid for none, too many, or one that never happens."""
    wanted, possible = sorted(set(events)), known()
    unknown = [name for name in wanted if name not in possible]
    if unknown:
        sentence = _("There is no event %(name)s.", name=unknown[0][:100])
        raise Invalid({"events": [sentence]})
    if not wanted:
        raise Invalid({"events": [_("Choose at least one event.")]})
    if len(wanted) > MOST:
        raise Invalid({"events": [_("At most %(most)s events; choose whole groups.", most=MOST)]})
    return wanted


def known() -> set[str]:
    """Every name, the noun of each, and everything."""
    names = {fact_type.name for fact_type in current_installation().facts}
    return {EVERYTHING, *names, *(f"{_noun(name)}.*" for name in names)}


def said(events: Iterable[str]) -> list[str]:
    """The events of a webhook in the reader's language."""
    labels = {EVERYTHING: pgettext("events", "Everything"), PING: _("Test message")}
    for group in groups():
        if group.pattern is not None:
            labels[group.pattern] = _("%(noun)s: everything", noun=group.label)
        labels |= {choice.name: choice.label for choice in group.choices}
    return [labels.get(name, name) for name in events]


def groups() -> list[Group]:
    """Everything that can be chosen, by noun, said in the reader's language."""
    found: dict[str, list[Choice]] = {}
    for fact_type in sorted(current_installation().facts, key=lambda one: one.name):
        noun = "" if fact_type.name in ON_TIMELINES else _noun(fact_type.name)
        found.setdefault(noun, []).append(Choice(fact_type.name, label_of(fact_type)))
    return [
        Group(f"{noun}.*" if noun else None, _label(noun), choices)
        for noun, choices in sorted(found.items())
    ]


def label_of(fact_type: AnyFactType) -> str:
    """Its sentence, with … for what differs from time to time."""
    chinese = str(get_locale()) == "zh"
    template = fact_type.sentence.zh if chinese else fact_type.sentence.en
    parts = (
        literal + ("…" if name else "") for literal, name, _f, _c in Formatter().parse(template)
    )
    said = "".join(parts).replace("“…”", "…").replace("……", "…").strip()
    return said[:1].upper() + said[1:]


def _noun(name: str) -> str:
    return name.partition(".")[0]


def _label(noun: str) -> str:
    record_type = current_installation().records.get(noun)
    if record_type is not None:
        return str(record_type.label)
    others = {"": _("Timelines"), "portal": _("Portal"), "file": _("File")}
    return others.get(noun, noun.replace("_", " ").capitalize())
