"""The heading under which people choose how to be told of articles."""

from flask_babel import lazy_gettext as _l

from concord.facts.topics import Topic

KNOWLEDGE = Topic(
    key="knowledge",
    label=_l("Knowledge"),
    hint=_l("What others do with your articles."),
    icon="book-open",
    order=60,
)
