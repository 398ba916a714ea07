"""The list of articles for staff: by space, by state, by the day of their next review."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as pgettext
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.lists.fields import Field, moment_field, person_field, title_field
from concord.lists.kinds import Kind
from concord.lists.types import BuiltIn, ListType, Look
from concord.records.models import Record
from concord.records.titles import search_titles
from concord.tags.lists import TAGS
from modules.knowledge.articles.actions import change_article
from modules.knowledge.articles.collection import bring_to
from modules.knowledge.articles.models import Article, Readers, State
from modules.knowledge.articles.policy import ARTICLES
from modules.knowledge.articles.schemas import ArticleIn
from modules.knowledge.permissions import Knowledge

STATES = ((State.DRAFT.value, _l("Draft")), (State.PUBLISHED.value, _l("Published")))
READERS = (
    (Readers.INTERNAL.value, _l("Colleagues only")),
    (Readers.CUSTOMERS.value, pgettext("readers", "Customers")),
    (Readers.SUPPLIERS.value, pgettext("readers", "Suppliers")),
    (Readers.ALL.value, pgettext("readers", "Customers and suppliers")),
)
TONES = {"customers": "customer", "suppliers": "supplier", "all": "warn"}
CHOICE: dict[str, Any] = {"kind": Kind.CHOICE, "sortable": True, "groupable": True}
FIELDS = (
    title_field(pgettext("article", "Title"), editable="title"),
    Field(
        name="space", label=_l("Space"), column=Article.space, editable="space",
        sortable=True, groupable=True,
    ),
    Field(
        name="state", label=_l("State"), column=Article.state, options=STATES,
        editable="state", tones={"published": "ok"}, width=110, **CHOICE,
    ),
    Field(
        name="audience", label=_l("Who reads it"), column=Article.audience, options=READERS,
        editable="audience", tones=TONES, width=150, **CHOICE,
    ),
    person_field("author", _l("Author"), Record.owner_id),
    Field(
        name="review_on", label=_l("Review on"), kind=Kind.DAY, column=Article.review_on,
        editable="review_on", sortable=True, width=110,
    ),
    moment_field("published_at", _l("Published at"), Article.published_at),
    moment_field("updated_at", _l("Changed"), Record.updated_at),
    TAGS,
)  # fmt: skip


def edit(
    session: Session,
    actor: Actor,
    article: Article,
    changes: Mapping[str, Any],
    originals: Mapping[str, Any],
) -> None:
    """The editor's action; a state is brought about by whoever may publish."""
    wanted = dict(changes)
    state = wanted.pop("state", None)
    if "audience" in wanted:
        wanted["audience"] = Readers(wanted["audience"]).value
    if wanted:
        change_article(session, actor, article, wanted, originals=originals)
    bring_to(session, actor, article, state)


ARTICLE_LIST = ListType(
    key="articles",
    kind="article",
    label=_l("Knowledge"),
    policy=ARTICLES,
    permission=Knowledge.ARTICLE_READ,
    permission_write=Knowledge.ARTICLE_WRITE,
    permission_restore=Knowledge.ARTICLE_WRITE,
    endpoint="knowledge.index",
    fields=FIELDS,
    columns=("name", "space", "state", "audience", "author", "review_on", "updated_at"),
    second=("space", "state", "updated_at"),
    sort=("name",),
    look=Look(group="space"),
    views=(
        BuiltIn("drafts", _l("Drafts"), Look.where(("state", "is", State.DRAFT.value))),
        BuiltIn("review", _l("Due for review"), Look.where(("review_on", "before", "tomorrow"))),
        BuiltIn("mine", _l("Mine"), Look.where(("author", "is", "me"))),
    ),
    board=("state", "audience"),
    calendar=("review_on",),
    search=search_titles,
    form=lambda actor: ArticleIn(exclude=("body",)),
    edit=edit,
    new="knowledge.new",
    new_label=_l("New article"),
    collection="articles",
)
