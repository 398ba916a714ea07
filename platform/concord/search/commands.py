"""Commands of the palette: those that modules bring, and every page one can go to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import LazyString, force_locale
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import NotFound
from concord.installation import current_installation
from concord.records.access import get
from concord.search.asking import Asked
from concord.search.names import aliases, spoken
from concord.search.queries import Hit
from concord.search.ranking import Rank, holds
from concord.search.showing import Part, parts
from concord.search.tokens import joined, words
from concord.slots import ANY_KIND, Command, NavItem, SettingsPage
from concord.web.i18n import LOCALES

TITLE = "%(title)s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A command as it is offered: a place to go, or values to send there."""

    label: Sequence[Part]
    icon: str
    url: str
    dialog: bool = False
    sends: tuple[tuple[str, str], ...] | None = None
    page: bool = False


def offers(actor: Actor, asked: Asked) -> list[Offer]:
    """What can be done anywhere and answers to these words, the best first; all without words."""
    rated = []
    for place, command in enumerate(_anywhere(actor)):
        rank = 0 if asked.empty else _rank(command.label, asked)
        if rank is not None:
            rated.append((rank, place, command))
    return [_offer(command, asked) for _rank_, _place, command in sorted(rated, key=_order)]


def offers_on(session: Session, actor: Actor, asked: Asked, hit: Hit) -> list[Offer]:
    """What can be done with the record that is meant."""
    found = [
        command
        for command in _declared(actor)
        if (hit.kind in command.kinds or command.kinds == ANY_KIND)
        and _reaches(session, actor, command, hit)
    ]
    return [
        Offer(
            label=parts(str(command.label) % {"title": hit.title}, asked),
            icon=command.icon,
            url=_url(command, record_id=hit.record_id),
            dialog=command.dialog,
        )
        for command in sorted(found, key=lambda command: command.order)
    ]


def _order(rated: tuple[int, int, Any]) -> tuple[int, int]:
    return rated[:2]


def _declared(actor: Actor) -> list[Command]:
    commands = (each for module in current_installation().modules for each in module.commands)
    return [each for each in commands if each.permission is None or actor.may(each.permission)]


def _anywhere(actor: Actor) -> Iterator[Command | NavItem | SettingsPage]:
    declared = sorted(_declared(actor), key=lambda command: command.order)
    yield from (command for command in declared if not command.kinds)
    modules = current_installation().modules
    pages: list[NavItem | SettingsPage] = [page for module in modules for page in module.nav]
    pages.extend(page for module in modules for page in module.settings)
    seen = set()
    for page in pages:
        if page.endpoint not in seen and (page.permission is None or actor.may(page.permission)):
            seen.add(page.endpoint)
            yield page


def _reaches(session: Session, actor: Actor, command: Command, hit: Hit) -> bool:
    if not command.scoped:
        return True
    record_type = current_installation().records[hit.kind]
    try:
        record = get(session, actor, record_type.model, hit.record_id)
    except NotFound:
        return False
    return bool(record_type.policy.allows(actor, command.permission or "", record))


def _offer(command: Command | NavItem | SettingsPage, asked: Asked) -> Offer:
    label = parts(str(command.label), asked)
    if isinstance(command, Command):
        sends = None if command.sends is None else tuple(command.sends.items())
        url = _url(command)
        return Offer(label=label, icon=command.icon, url=url, dialog=command.dialog, sends=sends)
    return Offer(label=label, icon=command.icon, url=url_for(command.endpoint), page=True)


def _url(command: Command, **more: Any) -> str:
    fragment = f"#{command.fragment}" if command.fragment else ""
    return url_for(command.endpoint, **command.arguments, **more) + fragment


def _rank(label: LazyString, asked: Asked) -> int | None:
    """How well the label answers, in the language that answers best; None: not at all."""
    ranks = [_rank_of(said, asked) for said in _said(label)]
    return min((rank for rank in ranks if rank is not None), default=None)


def _said(label: LazyString) -> Iterator[str]:
    for locale in LOCALES.values():
        with force_locale(locale):
            yield str(label).replace(TITLE, "")


def _rank_of(said: str, asked: Asked) -> int | None:
    names, others = _tokens(said)
    if joined(said).startswith(asked.joined) or spoken(said).startswith(asked.joined):
        return Rank.TITLE_BEGINS
    if holds(names, asked.tokens()):
        return Rank.TITLE_WORDS
    return Rank.ALIAS if any(token.startswith(asked.joined) for token in others) else None


@lru_cache(maxsize=1024)
def _tokens(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(words(said)), aliases(said)
