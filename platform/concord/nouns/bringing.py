"""What a noun adds to the program, put beside what its module says by itself."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.bulk.declaring import BulkType
from concord.module import Module
from concord.nouns import actions
from concord.nouns.collection import collection_of
from concord.nouns.facts import facts_of
from concord.nouns.finding import search_of
from concord.nouns.listing import list_of
from concord.nouns.noun import AnyNoun
from concord.nouns.pages import routes_of
from concord.nouns.portal import portal_of
from concord.records.actions import assign_many
from concord.records.models import Record
from concord.records.types import AnyRecordType, RecordType
from concord.slots import Command, NavItem, PortalPage


def with_nouns(module: Module, *nouns: AnyNoun) -> Module:
    """The module with all that these nouns bring."""
    shared = [noun for noun in nouns if noun.faces]
    return replace(
        module,
        blueprints=(
            *module.blueprints,
            *(routes_of(noun) for noun in nouns),
            *(portal_of(noun) for noun in shared),
        ),
        records=(*module.records, *(record_type_of(noun) for noun in nouns)),
        facts=(*module.facts, *(fact for noun in nouns for fact in facts_of(noun))),
        lists=(*module.lists, *(list_of(noun) for noun in nouns)),
        collections=(*module.collections, *(collection_of(noun) for noun in nouns)),
        bulk=(*module.bulk, *(_bulk(noun) for noun in nouns)),
        commands=(*module.commands, *(_command(noun) for noun in nouns)),
        nav=(*module.nav, *(_nav(noun) for noun in nouns)),
        portal=(*module.portal, *(_portal_page(noun) for noun in shared)),
    )


def record_type_of(noun: AnyNoun) -> AnyRecordType:
    return RecordType(
        kind=noun.kind,
        model=noun.model,
        policy=noun.policy,
        search=search_of(noun),
        label=noun.label,
        icon=noun.icon,
        endpoint=f"{noun.name}.page",
        portal_endpoint=f"{noun.name}_portal.page" if noun.faces else None,
    )


def _bulk(noun: AnyNoun) -> BulkType:
    def restore(session: Session, actor: Actor, record: Record) -> None:
        actions.restore(session, actor, noun, record)

    return BulkType(
        collection=collection_of(noun),
        counted=noun.words.counting,
        assign=assign_many,
        restore=restore,
    )


def _command(noun: AnyNoun) -> Command:
    return Command(
        label=_l("New: %(noun)s", noun=noun.label),
        icon=noun.icon,
        endpoint=f"{noun.name}.new",
        permission=noun.write,
        dialog=True,
        order=noun.order,
    )


def _nav(noun: AnyNoun) -> NavItem:
    return NavItem(
        label=noun.plural,
        endpoint=f"{noun.name}.index",
        permission=noun.read,
        icon=noun.icon,
        section=noun.section,
        order=noun.order,
    )


def _portal_page(noun: AnyNoun) -> PortalPage:
    return PortalPage(
        label=noun.plural,
        endpoint=f"{noun.name}_portal.index",
        icon=noun.icon,
        faces=noun.faces,
        permission=noun.read,
        order=noun.order,
    )
