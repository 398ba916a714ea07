"""A noun in the REST API."""

from functools import cache
from typing import Any

from marshmallow import Schema
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.collection import Collection
from concord.api.fields import Identifier
from concord.api.schemas import RecordOut
from concord.nouns import actions
from concord.nouns.noun import AnyNoun
from concord.parties.models import Party
from concord.policy import Policy
from concord.records.models import Record
from concord.web.routing import STAFF


@cache
def collection_of(noun: AnyNoun) -> Collection[Any]:
    """`/api/v1/<name>`: every field, filtered and sorted by what lists sort by."""

    def create(session: Session, actor: Actor, values: dict[str, Any]) -> Record:
        company = session.get_one(Party, values.pop("company_id"))
        return actions.add(session, actor, noun, company, values)

    def update(session: Session, actor: Actor, record: Record, values: dict[str, Any]) -> object:
        return actions.change(session, actor, noun, record, values)

    def archive(session: Session, actor: Actor, record: Record) -> None:
        actions.archive(session, actor, noun, record)

    policy: Policy[Any] = noun.policy
    return Collection(
        name=noun.name,
        kind=noun.kind,
        model=noun.model,
        policy=policy,
        permission_read=noun.read,
        permission_write=noun.write,
        permission_archive=noun.archive,
        faces=STAFF | noun.faces,
        out_schema=_schema_out(noun),
        in_schema=_derived(noun, "In", noun.schema, company_id=Identifier(required=True)),
        create=create,
        update=update,
        archive=archive,
        filters={"company_id": Record.company_id, "owner_id": Record.owner_id} | _columns(noun),
        sorts=_sorts(noun),
        options=(),
    )


def _columns(noun: AnyNoun) -> dict[str, Any]:
    return {name: noun.column(name) for name in noun.names()}


def _sorts(noun: AnyNoun) -> dict[str, Any]:
    short = [
        name for name in noun.names() if noun.form.fields[name].metadata["input"] != "textarea"
    ]
    ordered = sorted(short, key=lambda name: name != noun.sort.lstrip("-"))
    columns = {name: noun.column(name) for name in ordered}
    return {
        name: Record.sort_key if column is Record.title else column
        for name, column in columns.items()
    } | {"created_at": Record.created_at, "updated_at": Record.updated_at}


def _schema_out(noun: AnyNoun) -> Any:
    staff = _derived(noun, "Out", noun.schema, RecordOut)
    outside = _derived(noun, "Shared", _only(noun))
    return lambda actor: outside if actor.outside else staff


def _only(noun: AnyNoun) -> type[Schema]:
    """The fields that people outside see, and the id."""
    shown = {name: noun.form.declared_fields[name] for name in noun.shared}
    return type("Shared", (Schema,), {"id": Identifier(), **shown})


def _derived(noun: AnyNoun, suffix: str, *bases: type[Schema], **fields: Any) -> type[Schema]:
    name = f"{noun.model.__name__}{suffix}"
    return type(name, bases, {**fields, "__module__": noun.schema.__module__})
