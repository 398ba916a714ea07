"""The headings under which people choose how to be told of companies and of dates."""

from flask_babel import lazy_gettext as _l

from concord.facts.topics import Delivery, MailWhen, Topic

CUSTOMERS = Topic(
    key="customers",
    label=_l("Customers and suppliers"),
    hint=_l("Companies given to you, archived or restored."),
    icon="building-2",
    order=40,
)
DATES = Topic(
    key="dates",
    label=_l("Requested dates"),
    hint=_l("What suppliers are asked for, and what they answer."),
    icon="calendar-clock",
    staff=Delivery(mail=MailWhen.DIGEST, push=True),
    outside=Delivery(mail=MailWhen.NOW, push=True),
    order=50,
)
TOPICS = (CUSTOMERS, DATES)
