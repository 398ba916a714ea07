"""The verbs every noun can have: hand over, edit a field, tag, archive, restore."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api import body
from concord.bulk.declaring import MANY, Apply, BulkType, BulkVerb, Phrase, Read, Said, Values
from concord.bulk.images import Image
from concord.errors import Invalid
from concord.identity.assignees import find_assignee
from concord.identity.models import User
from concord.lists.registry import every_list
from concord.records.models import Record
from concord.tags import bulk as tags


def verbs_of(bulk: BulkType) -> dict[str, BulkVerb]:
    """The verbs that a noun has, in the order of the bar."""
    return {v.key: v for v in (*VERBS, *bulk.verbs) if v.permission(bulk) is not None}


def verbs_for(actor: Actor, bulk: BulkType) -> list[BulkVerb]:
    """Those of them that the actor may use on some record."""
    return [v for v in verbs_of(bulk).values() if actor.may(v.permission(bulk) or "")]


def _writing(bulk: BulkType) -> str:
    return bulk.collection.permission_write


def _archiving(bulk: BulkType) -> str:
    return bulk.collection.permission_archive or bulk.collection.permission_write


def _if(permission: Callable[[BulkType], str], action: str) -> Callable[[BulkType], str | None]:
    """The permission, where the noun or its collection has the action."""
    return lambda bulk: permission(bulk) if _action(bulk, action) is not None else None


def _action(bulk: BulkType, name: str) -> Any:
    return getattr(bulk, name, None) or getattr(bulk.collection, name, None)


def _read_owner(
    session: Session, _actor: Actor, _bulk: BulkType, sent: Mapping[str, Any]
) -> Values:
    _only(sent, "owner_id")
    return {"owner_id": find_assignee(session, sent.get("owner_id")).id}


def _hand_over(
    session: Session, actor: Actor, bulk: BulkType, records: Sequence[Record], values: Values
) -> None:
    owner = find_assignee(session, values["owner_id"])
    assert bulk.assign is not None
    bulk.assign(session, actor, records, owner)


def _owner_said(session: Session, _bulk: BulkType, values: Values) -> Phrase:
    name = session.get_one(User, values["owner_id"]).name
    return f"gave {MANY} to {name}", f"将{MANY}交给{name}负责"


def _read_changes(
    session: Session, actor: Actor, bulk: BulkType, sent: Mapping[str, Any]
) -> Values:
    """Fields with their values, by the same rules as a PATCH of one record."""
    _only(sent, "changes")
    changes = sent.get("changes")
    if not isinstance(changes, dict) or not changes:
        raise Invalid({"changes": [_("Name the fields to change, with their values.")]})
    _loaded(actor, bulk, changes)
    return {"changes": changes}


def _loaded(actor: Actor, bulk: BulkType, changes: Mapping[str, Any]) -> dict[str, Any]:
    collection = bulk.collection
    hidden = collection.hidden(actor)
    return body.load(
        collection.in_for(actor),
        changes,
        partial=True,
        hidden=hidden,
        fixed=collection.fixed - hidden,
    )


def _edit(
    session: Session, actor: Actor, bulk: BulkType, records: Sequence[Record], values: Values
) -> None:
    assert bulk.collection.update is not None
    loaded = _loaded(actor, bulk, values["changes"])
    for record in records:
        bulk.collection.update(session, actor, record, dict(loaded))


def _edit_said(_session: Session, bulk: BulkType, values: Values) -> Phrase:
    """Which fields, not what they were set to: the sentence is read without their field groups."""
    names = [name for name in values["changes"] if name not in bulk.collection.field_groups]
    words = labels(bulk)
    en = " and ".join(_in("en", words.get(name, name)) for name in names) or "fields"
    zh = "、".join(_in("zh", words.get(name, name)) for name in names) or "字段"
    return f"changed {en} of {MANY}", f"修改了{MANY}的{zh}"


def labels(bulk: BulkType) -> dict[str, Any]:
    """What the noun's lists call the fields that can be changed."""
    lists = (found for found in every_list() if found.kind == bulk.kind)
    return {f.editable: f.label for found in lists for f in found.fields if f.editable}


def _in(language: str, text: Any) -> str:
    with force_locale(language):
        return str(text).lower() if language == "en" else str(text)


def _read_nothing(
    _session: Session, _actor: Actor, _bulk: BulkType, sent: Mapping[str, Any]
) -> Values:
    _only(sent)
    return {}


def _each(action: str) -> Apply:
    """Does the noun's action to one record after the other."""

    def apply(
        session: Session, actor: Actor, bulk: BulkType, records: Sequence[Record], _values: Values
    ) -> None:
        act = _action(bulk, action)
        with session.no_autoflush:
            for record in records:
                act(session, actor, record)

    return apply


def _said(en: str, zh: str) -> Said:
    """A sentence with {many} in it, and {tags} where the verb was given some."""

    def said(session: Session, _bulk: BulkType, values: Values) -> Phrase:
        tags_en, tags_zh = tags.quoted(session, values.get("tags", ()))
        return en.format(many=MANY, tags=tags_en), zh.format(many=MANY, tags=tags_zh)

    return said


def _read_tags(*, make: bool) -> Read:
    def read(session: Session, actor: Actor, _bulk: BulkType, sent: Mapping[str, Any]) -> Values:
        _only(sent, "tags")
        return {"tags": tags.read(session, actor, sent.get("tags"), make=make)}

    return read


def _tagging(act: Callable[..., Mapping[int, Image]]) -> Apply:
    return lambda session, actor, _bulk, records, values: act(
        session, actor, records, values["tags"]
    )


def _only(sent: Mapping[str, Any], *names: str) -> None:
    if unknown := sorted(sent.keys() - set(names)):
        raise Invalid({name: [_("There is no such field.")] for name in unknown})


OWNER = BulkVerb(
    key="owner",
    label=_l("Owner"),
    icon="user-check",
    permission=_if(_writing, "assign"),
    read=_read_owner,
    apply=_hand_over,
    said=_owner_said,
    told=lambda values: values["owner_id"],
    template="bulk/verbs/owner.html",
)
EDIT = BulkVerb(
    key="edit",
    label=_l("Edit"),
    icon="pencil",
    permission=_if(_writing, "update"),
    read=_read_changes,
    apply=_edit,
    said=_edit_said,
    template="bulk/verbs/edit.html",
)
TAG = BulkVerb(
    key="tag",
    label=_l("Tag"),
    icon="tag",
    permission=_writing,
    read=_read_tags(make=True),
    apply=_tagging(tags.add),
    said=_said("tagged {many} with {tags}", "为{many}添加了标签{tags}"),
    template="bulk/verbs/tag.html",
)
UNTAG = BulkVerb(
    key="untag",
    label=_l("Untag"),
    icon="tag-x",
    permission=_writing,
    read=_read_tags(make=False),
    apply=_tagging(tags.remove),
    said=_said("took {tags} off {many}", "从{many}移除了标签{tags}"),
    template="bulk/verbs/tag.html",
)
ARCHIVE = BulkVerb(
    key="archive",
    label=_l("Archive"),
    icon="archive",
    permission=_if(_archiving, "archive"),
    read=_read_nothing,
    apply=_each("archive"),
    said=_said("archived {many}", "归档了{many}"),
    danger=True,
)
RESTORE = BulkVerb(
    key="restore",
    label=_l("Restore"),
    icon="archive-restore",
    permission=_if(_archiving, "restore"),
    read=_read_nothing,
    apply=_each("restore"),
    said=_said("restored {many}", "恢复了{many}"),
    archived=True,
)
VERBS = (OWNER, EDIT, TAG, UNTAG, ARCHIVE, RESTORE)
