"""What people say and log on a timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from concord.actors import OUTSIDE, Audience
from concord.facts.types import AnyFactType, Fact, FactType, Sentence, Told
from concord.identity.models import PortalMembership


@dataclass(frozen=True, kw_only=True)
class Posted(Fact):
    """`title` is the record's, as of then; `excerpt` the first words."""

    title: str = ""
    excerpt: str = ""


@dataclass(frozen=True, kw_only=True)
class NotePosted(Posted):
    pass


@dataclass(frozen=True, kw_only=True)
class CallLogged(Posted):
    pass


@dataclass(frozen=True, kw_only=True)
class MeetingLogged(Posted):
    pass


@dataclass(frozen=True, kw_only=True)
class EmailLogged(Posted):
    pass


@dataclass(frozen=True, kw_only=True)
class MessagePosted(Posted):
    pass


@dataclass(frozen=True, kw_only=True)
class EntryEdited(Fact):
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryWithdrawn(Fact):
    title: str = ""


def people_concerned(told: Told) -> Iterable[int]:
    """The owner, and where it is shared, the people of the company that reads it."""
    if told.record.owner_id is not None:
        yield told.record.owner_id
    for audience, company_id in told.audiences:
        if audience != Audience.INTERNAL:
            readers = select(PortalMembership.user_id).where(
                PortalMembership.company_id == company_id,
                PortalMembership.face == Audience(audience).word,
            )
            yield from told.session.scalars(readers)


def _spoken(
    name: str, fact: type[Posted], icon: str, label: LazyString, sentence: Sentence
) -> FactType[Any]:
    """The type of something people write themselves: told and shared alike, whatever its kind."""
    return FactType(
        name=name,
        fact=fact,
        icon=icon,
        sentence=sentence,
        template="timeline/entry.html",
        faces=OUTSIDE,
        tells=people_concerned,
        personal=frozenset({"excerpt"}),
        merges=bool(sentence.many_en),
        topic="conversations",
        label=label,
    )


NOTE_POSTED = _spoken(
    "note.posted",
    NotePosted,
    "message-square",
    _l("Notes"),
    Sentence(
        en="wrote on {title}",
        zh="在{title}上发表了动态",
        many_en="wrote {count} times on {title}",
        many_zh="在{title}上发表了 {count} 条动态",
    ),
)
CALL_LOGGED = _spoken(
    "call.logged",
    CallLogged,
    "phone",
    _l("Calls"),
    Sentence(
        en="logged a call with {title}",
        zh="记录了与{title}的通话",
        many_en="logged {count} calls with {title}",
        many_zh="记录了与{title}的 {count} 次通话",
    ),
)
MEETING_LOGGED = _spoken(
    "meeting.logged",
    MeetingLogged,
    "users",
    _l("Meetings"),
    Sentence(en="logged a meeting with {title}", zh="记录了与{title}的会议"),
)
EMAIL_LOGGED = _spoken(
    "email.logged",
    EmailLogged,
    "mail",
    _l("E-mails"),
    Sentence(en="logged an e-mail with {title}", zh="记录了与{title}的邮件"),
)
MESSAGE_POSTED = _spoken(
    "message.posted",
    MessagePosted,
    "message-circle",
    _l("Messages"),
    Sentence(
        en="wrote in the conversation with {title}",
        zh="在与{title}的对话中留言",
        many_en="wrote {count} times in the conversation with {title}",
        many_zh="在与{title}的对话中留言 {count} 次",
    ),
)
ENTRY_EDITED = FactType(
    name="entry.edited",
    fact=EntryEdited,
    icon="pencil",
    sentence=Sentence(en="edited an entry on {title}", zh="修改了{title}上的一条动态"),
    template="timeline/event.html",
    faces=OUTSIDE,
)
ENTRY_WITHDRAWN = FactType(
    name="entry.withdrawn",
    fact=EntryWithdrawn,
    icon="undo-2",
    sentence=Sentence(en="withdrew an entry on {title}", zh="撤回了{title}上的一条动态"),
    template="timeline/event.html",
    faces=OUTSIDE,
)

POSTED: dict[str, type[Posted]] = {
    "note": NotePosted,
    "call": CallLogged,
    "meeting": MeetingLogged,
    "email": EmailLogged,
    "message": MessagePosted,
}

FACTS: tuple[AnyFactType, ...] = (
    NOTE_POSTED,
    CALL_LOGGED,
    MEETING_LOGGED,
    EMAIL_LOGGED,
    MESSAGE_POSTED,
    ENTRY_EDITED,
    ENTRY_WITHDRAWN,
)
