"""A noun as a list: its fields by what their inputs say of them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.lists.fields import Field, moment_field, person_field, record_field, title_field
from concord.lists.kinds import Kind
from concord.lists.types import ListType
from concord.nouns import actions
from concord.nouns.noun import AnyNoun
from concord.records.models import Record
from concord.records.titles import search_titles

KINDS = {"number": Kind.NUMBER, "date": Kind.DAY, "select": Kind.CHOICE, "checkbox": Kind.TRUTH}


def list_of(noun: AnyNoun) -> ListType:
    def edit(
        session: Session,
        actor: Actor,
        record: Record,
        changes: Mapping[str, Any],
        originals: Mapping[str, Any],
    ) -> object:
        return actions.change(session, actor, noun, record, changes, originals)

    return ListType(
        key=noun.name,
        kind=noun.kind,
        label=noun.plural,
        policy=noun.policy,
        permission=noun.read,
        permission_write=noun.write,
        permission_restore=noun.archiving,
        endpoint=f"{noun.name}.index",
        fields=_fields(noun),
        columns=tuple(_listed(noun, name) for name in noun.columns),
        sort=(_direction(noun),),
        views=noun.views,
        board=noun.board,
        calendar=noun.calendar,
        search=search_titles,
        form=lambda actor: noun.form,
        edit=edit,
        new=f"{noun.name}.new",
        new_label=noun.label,
        collection=noun.name,
    )


def _fields(noun: AnyNoun) -> tuple[Field, ...]:
    return (
        *(_field(noun, name) for name in noun.names()),
        record_field("company", _l("Company"), Record.company_id, groupable=True),
        person_field("owner", _l("Owner"), Record.owner_id),
        moment_field("created_at", _l("Created"), Record.created_at),
    )


def _field(noun: AnyNoun, name: str) -> Field:
    look = noun.form.fields[name].metadata
    if noun.attribute(name) == "title":
        return title_field(look["label"], editable=name)
    kind = KINDS.get(look["input"], Kind.TEXT)
    return Field(
        name=name,
        label=look["label"],
        kind=kind,
        column=noun.column(name),
        options=tuple(option for option in look["options"] or () if option[0]),
        sortable=kind is not Kind.TEXT,
        groupable=kind is Kind.CHOICE,
        editable=name,
        aggregate="sum" if kind is Kind.NUMBER else None,
    )


def _listed(noun: AnyNoun, name: str) -> str:
    """The title's field has one name in every list."""
    return "name" if name in noun.names() and noun.attribute(name) == "title" else name


def _direction(noun: AnyNoun) -> str:
    down, name = noun.sort.startswith("-"), noun.sort.lstrip("-")
    return f"{'-' if down else ''}{_listed(noun, name)}"
