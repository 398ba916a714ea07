"""What happens to a webhook: its owner is told when somebody else, or the program, stops it."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from concord.facts.types import AnyFactType, Fact, FactType, Sentence, owner


@dataclass(frozen=True, kw_only=True)
class WebhookFact(Fact):
    """`title` is what the webhook was called then."""

    title: str = ""


@dataclass(frozen=True, kw_only=True)
class WebhookAdded(WebhookFact):
    pass


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(WebhookFact):
    pass


@dataclass(frozen=True, kw_only=True)
class WebhookStarted(WebhookFact):
    pass


@dataclass(frozen=True, kw_only=True)
class WebhookStopped(WebhookFact):
    """`reason` is that of the model; `said_en` and `said_zh` say it."""

    reason: str = ""
    said_en: str = ""
    said_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class WebhookSecretRenewed(WebhookFact):
    pass


@dataclass(frozen=True, kw_only=True)
class WebhookRemoved(WebhookFact):
    pass


FACTS: tuple[AnyFactType, ...] = (
    FactType(
        name="webhook.added",
        fact=WebhookAdded,
        icon="webhook",
        sentence=Sentence(en="added the webhook “{title}”", zh="添加了 Webhook“{title}”"),
    ),
    FactType(
        name="webhook.changed",
        fact=WebhookChanged,
        icon="pencil",
        sentence=Sentence(en="changed the webhook “{title}”", zh="修改了 Webhook“{title}”"),
    ),
    FactType(
        name="webhook.started",
        fact=WebhookStarted,
        icon="play",
        sentence=Sentence(en="started the webhook “{title}”", zh="启用了 Webhook“{title}”"),
        tells=owner,
        label=_l("A webhook of mine is started"),
    ),
    FactType(
        name="webhook.stopped",
        fact=WebhookStopped,
        icon="pause",
        sentence=Sentence(
            en="stopped the webhook “{title}”{said_en}", zh="停用了 Webhook“{title}”{said_zh}"
        ),
        tells=owner,
        label=_l("A webhook of mine is stopped"),
    ),
    FactType(
        name="webhook.secret_renewed",
        fact=WebhookSecretRenewed,
        icon="key-round",
        sentence=Sentence(
            en="renewed the secret of the webhook “{title}”", zh="更换了 Webhook“{title}”的密钥"
        ),
    ),
    FactType(
        name="webhook.removed",
        fact=WebhookRemoved,
        icon="trash-2",
        sentence=Sentence(en="removed the webhook “{title}”", zh="删除了 Webhook“{title}”"),
        tells=owner,
        label=_l("A webhook of mine is removed"),
    ),
)
