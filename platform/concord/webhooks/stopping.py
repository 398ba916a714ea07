"""Stopping a webhook and starting it again, by somebody or by the program."""

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.facts.record import record as record_fact
from concord.webhooks.facts import WebhookStarted, WebhookStopped
from concord.webhooks.models import Stopped, Webhook

SAID = {
    Stopped.BY_HAND: ("", ""),
    Stopped.GONE: (": the receiver answered that it is gone", "：接收方表示该地址已不存在"),
    Stopped.FAILING: (": nothing could be delivered for days", "：连续多日无法送达"),
}


def stop(session: Session, actor: Actor, hook: Webhook, why: Stopped = Stopped.BY_HAND) -> None:
    """Deliver nothing more; what waits, waits. Its owner is told unless they did it themselves."""
    if hook.stopped_at is not None:
        return
    hook.stopped_at, hook.stopped_for = now(), why.value
    said_en, said_zh = SAID[why]
    fact = WebhookStopped(title=hook.title, reason=why.value, said_en=said_en, said_zh=said_zh)
    record_fact(session, actor, fact, subject=hook)


def start(session: Session, actor: Actor, hook: Webhook) -> None:
    """Deliver again, as if it had never failed: also what waited meanwhile."""
    if hook.stopped_at is None:
        return
    hook.stopped_at = hook.stopped_for = None
    hook.failing_since = hook.rests_until = None
    hook.failures = 0
    record_fact(session, actor, WebhookStarted(title=hook.title), subject=hook)
