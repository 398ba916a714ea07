"""The platform's own topics; modules bring more with their facts."""

from flask_babel import lazy_gettext as _l

from concord.facts.topics import Delivery, MailWhen, Topic
from concord.facts.types import AnyFactType

MENTIONS = Topic(
    key="mentions",
    label=_l("Mentions"),
    hint=_l("Somebody names you in what they write."),
    icon="at-sign",
    staff=Delivery(mail=MailWhen.NOW, push=True),
    outside=Delivery(mail=MailWhen.NOW, push=True),
    order=10,
)
CONVERSATIONS = Topic(
    key="conversations",
    label=_l("Conversations"),
    hint=_l("Notes, calls and messages on what is yours."),
    icon="message-circle",
    outside=Delivery(mail=MailWhen.NOW, push=True),
    order=20,
)
FOLLOWED = Topic(
    key="followed",
    label=_l("What you follow"),
    hint=_l("Everything on the records that you follow."),
    icon="bell-ring",
    order=25,
)
ACCESS = Topic(
    key="access",
    label=_l("Portal access"),
    hint=_l("Who is invited to your customers’ portals, joins or leaves."),
    icon="key-round",
    order=70,
)
OTHER = Topic(
    key="other",
    label=_l("Everything else"),
    hint=_l("What belongs to no other group."),
    icon="bell",
    order=90,
)
TOPICS = (MENTIONS, CONVERSATIONS, FOLLOWED, ACCESS, OTHER)


def topic_of(fact_type: AnyFactType, reason: str) -> str:
    """Under which heading somebody is told of a fact."""
    if reason == "mention":
        return MENTIONS.key
    return FOLLOWED.key if reason == "follow" else fact_type.topic
