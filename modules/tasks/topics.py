"""The heading under which people choose how to be told of tasks."""

from flask_babel import lazy_gettext as _l

from concord.facts.topics import Delivery, MailWhen, Topic

TASK_TOPIC = Topic(
    key="tasks",
    label=_l("Tasks"),
    hint=_l("Tasks given to you, and those you wait for."),
    icon="list-checks",
    staff=Delivery(mail=MailWhen.DIGEST, push=True),
    order=30,
)
