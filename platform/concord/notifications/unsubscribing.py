"""Leaving a kind of mail with one click and without signing in (RFC 8058)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.facts.topics import MailWhen
from concord.identity.actors import actors_of
from concord.installation import current_installation
from concord.mail.signing import LENGTH, is_signed, signature
from concord.notifications.choices import Choices, choose, topics_for
from concord.notifications.models import Choice
from concord.web.offline import absolute

PURPOSE = "unsubscribe"
DIGEST = "digest"
LONGEST_TOKEN = 400


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whose mails about what end: keys of topics, or the digest."""

    user_id: int
    topics: Sequence[str]


def unsubscribe_url(session: Session, user_id: int, topics: Sequence[str]) -> str:
    message = f"{user_id}:{','.join(topics)}".encode()
    signed = signature(session, user_id, PURPOSE, message)
    token = urlsafe_b64encode(signed + message).decode().rstrip("=")
    return absolute(f"/mail/unsubscribe/{token}")


def unsubscribe_headers(session: Session, user_id: int, topics: Sequence[str]) -> dict[str, str]:
    return {
        "List-Unsubscribe": f"<{unsubscribe_url(session, user_id, topics)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def read_token(session: Session, token: str) -> Leaving | None:
    """What an address stands for; None when it is not ours, or not good any more."""
    try:
        if len(token) > LONGEST_TOKEN:
            return None
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        signed, message = raw[:LENGTH], raw[LENGTH:]
        user_id, _colon, topics = message.decode().partition(":")
        leaving = Leaving(int(user_id), topics.split(","))
    except ValueError:
        return None
    return leaving if is_signed(session, leaving.user_id, PURPOSE, message, signed) else None


def leave(session: Session, leaving: Leaving) -> None:
    """No more such mail; what is told in the program stays as it is."""
    readers = actors_of(session, [leaving.user_id]).get(leaving.user_id, [])
    for reader in readers[:1]:
        if leaving.topics == [DIGEST]:
            _leave_the_digest(session, reader)
        else:
            for topic in leaving.topics:
                _stop(session, reader, topic, MailWhen.NOW)


def _leave_the_digest(session: Session, reader: Actor) -> None:
    for topic in topics_for(reader):
        _stop(session, reader, topic, MailWhen.DIGEST)


def _stop(session: Session, reader: Actor, topic: str, when: MailWhen) -> None:
    """End mail of one topic, and of the fact types that were chosen apart from it."""
    assert reader.user_id is not None
    if current_installation().topics.get(topic) is None:
        return
    choices = Choices.of(session, [reader.user_id])
    if choices.for_topic(reader.user_id, Face(reader.face), topic).delivery.mail is when:
        choose(session, reader, topic, mail=MailWhen.NONE.value)
    names = [fact.name for fact in current_installation().facts if fact.topic == topic]
    apart = select(Choice).where(
        Choice.user_id == reader.user_id, Choice.topic.in_(names), Choice.mail == when.value
    )
    for choice in session.scalars(apart):
        choice.mail = MailWhen.NONE.value
