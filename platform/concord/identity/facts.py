"""What happens to a company's way into the portal: told to its owner, read by staff only."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from concord.facts.types import AnyFactType, Fact, FactType, Sentence, owner


@dataclass(frozen=True, kw_only=True)
class PortalInvited(Fact):
    """`title` is the company's name, as of then."""

    name: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class PortalJoined(Fact):
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class PortalLeft(Fact):
    name: str = ""
    title: str = ""


PORTAL_INVITED = FactType(
    name="portal.invited",
    fact=PortalInvited,
    icon="mail",
    sentence=Sentence(
        en="invited {name} to the portal of {title}", zh="邀请{name}加入{title}的门户"
    ),
    tells=owner,
    topic="access",
    label=_l("Somebody is invited"),
    personal=frozenset({"name"}),
)
PORTAL_JOINED = FactType(
    name="portal.joined",
    fact=PortalJoined,
    icon="log-in",
    sentence=Sentence(en="joined the portal for {title}", zh="加入了{title}的门户"),
    tells=owner,
    topic="access",
    label=_l("Somebody joins"),
)
PORTAL_LEFT = FactType(
    name="portal.left",
    fact=PortalLeft,
    icon="log-out",
    sentence=Sentence(
        en="ended the portal access of {name} for {title}", zh="结束了{name}对{title}门户的访问"
    ),
    tells=owner,
    topic="access",
    label=_l("Somebody’s access ends"),
    personal=frozenset({"name"}),
)

FACTS: tuple[AnyFactType, ...] = (PORTAL_INVITED, PORTAL_JOINED, PORTAL_LEFT)
