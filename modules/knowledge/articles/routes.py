"""Articles for staff: the shelves, reading, writing, publishing."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Conflict
from concord.lists.page import list_page
from concord.records.access import get
from concord.timeline import panel as timeline
from concord.web import conflicts
from concord.web.forms import load, originals
from concord.web.markdown import render_markdown
from concord.web.pages import go_to, render
from concord.web.request import actor, close_session, session
from concord.web.routing import Routes
from concord.web.toasts import toast
from modules.knowledge.articles import actions, queries
from modules.knowledge.articles.models import Article, Readers
from modules.knowledge.articles.schemas import LONGEST_BODY, ArticleForm
from modules.knowledge.articles.views import (
    choices,
    labels,
    one_article,
    shown_value,
)
from modules.knowledge.permissions import Knowledge

routes = Routes("knowledge", __name__)


@routes.get("/knowledge", permission=Knowledge.ARTICLE_READ)
def index() -> Response:
    return list_page("articles")


@routes.get("/knowledge/new", permission=Knowledge.ARTICLE_WRITE)
def new() -> Response:
    space = request.args.get("space", "")
    return render("knowledge/edit.html", article=None, space=space, **_editor())


@routes.post("/knowledge", permission=Knowledge.ARTICLE_WRITE)
def create() -> Response:
    values = load(ArticleForm())
    article = actions.create_article(session(), actor(), **values)
    toast(_("Draft saved. Only colleagues can read it."))
    return go_to(url_for("knowledge.article", record_id=article.id))


@routes.post("/knowledge/preview", permission=Knowledge.ARTICLE_WRITE)
def preview() -> Response:
    """The text as its readers will see it; nothing is kept."""
    close_session()
    text = request.form.get("body", "")[:LONGEST_BODY]
    return render("knowledge/preview.html", html=render_markdown(text))


@routes.get("/knowledge/<int:record_id>", permission=Knowledge.ARTICLE_READ)
def article(record_id: int) -> Response:
    found = get(session(), actor(), Article, record_id)
    return render("knowledge/article.html", **one_article(session(), actor(), found))


@routes.get("/knowledge/<int:record_id>/history", permission=Knowledge.ARTICLE_READ)
def history(record_id: int) -> Response:
    """What happened to the article, and what colleagues say of it."""
    found = get(session(), actor(), Article, record_id)
    line = timeline.context(session(), actor(), found, request.args)
    return render("knowledge/history.html", article=found, **line)


@routes.get("/knowledge/<int:record_id>/edit", permission=Knowledge.ARTICLE_WRITE)
def edit(record_id: int) -> Response:
    found = _writable(record_id)
    return render("knowledge/edit.html", article=found, space=found.space, **_editor())


@routes.post("/knowledge/<int:record_id>", permission=Knowledge.ARTICLE_WRITE)
def change(record_id: int) -> Response:
    found, schema = _writable(record_id), ArticleForm()
    values = load(schema, partial=True)
    if "audience" in values:
        values["audience"] = values["audience"].value
    try:
        actions.change_article(session(), actor(), found, values, originals=originals(schema))
    except Conflict as conflict:
        return conflicts.choose(
            conflict,
            title=found.title,
            url=url_for("knowledge.change", record_id=record_id),
            labels=labels(),
            shown=shown_value,
        )
    toast(_("Saved."))
    return go_to(url_for("knowledge.article", record_id=record_id))


@routes.post("/knowledge/<int:record_id>/publish", permission=Knowledge.ARTICLE_PUBLISH)
def publish(record_id: int) -> Response:
    found = _held(record_id, Knowledge.ARTICLE_PUBLISH)
    if actions.publish(session(), actor(), found):
        toast(_said_published(found), undo=url_for("knowledge.withdraw", record_id=record_id))
    return go_to(url_for("knowledge.article", record_id=record_id))


@routes.post("/knowledge/<int:record_id>/withdraw", permission=Knowledge.ARTICLE_PUBLISH)
def withdraw(record_id: int) -> Response:
    found = _held(record_id, Knowledge.ARTICLE_PUBLISH)
    if actions.withdraw(session(), actor(), found):
        toast(_("Back to draft. Only colleagues can read it."))
    return go_to(url_for("knowledge.article", record_id=record_id))


@routes.post("/knowledge/<int:record_id>/archive", permission=Knowledge.ARTICLE_WRITE)
def archive(record_id: int) -> Response:
    found = _writable(record_id)
    actions.archive(session(), actor(), found)
    toast(_("Article archived."), undo=url_for("knowledge.restore", record_id=record_id))
    return go_to(url_for("knowledge.index"))


@routes.post("/knowledge/<int:record_id>/restore", permission=Knowledge.ARTICLE_WRITE)
def restore(record_id: int) -> Response:
    found = _held(record_id, Knowledge.ARTICLE_WRITE, archived=True)
    actions.restore(session(), actor(), found)
    return go_to(url_for("knowledge.article", record_id=record_id))


def _held(record_id: int, permission: Knowledge, *, archived: bool = False) -> Article:
    return get(
        session(), actor(), Article, record_id, permission=permission, archived=archived, lock=True
    )


def _writable(record_id: int) -> Article:
    """The article, if the actor may change it as it stands."""
    found = get(session(), actor(), Article, record_id, permission=Knowledge.ARTICLE_WRITE)
    actions.check_changeable(actor(), found)
    return found


def _editor() -> dict[str, Any]:
    return {"choices": choices(), "spaces": queries.spaces(session(), actor())}


def _said_published(found: Article) -> str:
    if found.audience == Readers.INTERNAL:
        return _("Published for colleagues.")
    return _("Published. It can be read outside now.")
