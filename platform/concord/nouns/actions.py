"""What people do with a noun; each stands on the record's timeline and on its company's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.editing import Changed, edit
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.facts.types import AnyFactType, Fact
from concord.nouns.facts import facts_of
from concord.nouns.noun import AnyNoun
from concord.parties.models import Party
from concord.records import actions as records
from concord.records.models import Record


def add(
    session: Session, actor: Actor, noun: AnyNoun, company: Party, values: Mapping[str, Any]
) -> Record:
    """A new record that concerns `company`, owned by the actor; `values` by attribute."""
    made: Record = noun.model(**{**noun.defaults, **values}, company_id=company.id)
    records.create(session, actor, made)
    _say(session, actor, made, facts_of(noun).added)
    return made


def change(
    session: Session,
    actor: Actor,
    noun: AnyNoun,
    record: Record,
    changes: Mapping[str, Any],
    originals: Mapping[str, Any] | None = None,
) -> Changed:
    """Change fields; gives what really changed. Raises Conflict before any of it."""
    changed = edit(session, record, changes, originals)
    if changed:
        session.flush()
        names = {noun.attribute(name): name for name in noun.names()}
        fact = facts_of(noun).changed.fact(
            title=record.title, fields=tuple(names.get(key, key) for key in changed)
        )
        _record(session, actor, record, fact)
    return changed


def archive(session: Session, actor: Actor, noun: AnyNoun, record: Record) -> None:
    records.archive(session, actor, record)
    _say(session, actor, record, facts_of(noun).archived)


def restore(session: Session, actor: Actor, noun: AnyNoun, record: Record) -> None:
    records.restore(session, actor, record)
    _say(session, actor, record, facts_of(noun).restored)


def _say(session: Session, actor: Actor, record: Record, fact_type: AnyFactType) -> None:
    _record(session, actor, record, fact_type.fact(title=record.title))


def _record(session: Session, actor: Actor, record: Record, fact: Fact) -> None:
    links = [Link(record)]
    if record.company_id is not None:
        links.append(Link(session.get_one(Party, record.company_id)))
    record_fact(session, actor, fact, subject=record, links=links)
