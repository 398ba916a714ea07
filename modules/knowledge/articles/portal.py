"""Articles in the portal: what is published for the reader's face, and nothing else of them."""

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from concord.actors import OUTSIDE
from concord.portal.view import page
from concord.records.access import get
from concord.slots import PortalHome, PortalPage
from concord.web.request import actor, session
from concord.web.routing import Routes
from modules.knowledge.articles.models import Article
from modules.knowledge.articles.queries import published_for
from modules.knowledge.articles.views import newest, portal_article, shelves
from modules.knowledge.permissions import Knowledge

routes = Routes("knowledge_portal", __name__, url_prefix="/portal/knowledge")
LONGEST_SEARCH = 100

PAGE = PortalPage(
    label=_l("Help"),
    endpoint="knowledge_portal.index",
    icon="book-open",
    faces=OUTSIDE,
    permission=Knowledge.ARTICLE_READ,
    order=50,
)
HOME = PortalHome(
    template="knowledge/portal/newest.html",
    load=newest,
    faces=OUTSIDE,
    permission=Knowledge.ARTICLE_READ,
    order=60,
)


@routes.get("", permission=Knowledge.ARTICLE_READ, faces=OUTSIDE)
def index() -> Response:
    wanted = request.args.get("q", "")[:LONGEST_SEARCH]
    found = published_for(session(), actor(), wanted=wanted, cursor=request.args.get("cursor"))
    return page(
        "knowledge/portal/index.html",
        shelves=shelves(found.items),
        wanted=wanted,
        next=found.next,
    )


@routes.get("/<int:record_id>", permission=Knowledge.ARTICLE_READ, faces=OUTSIDE)
def article(record_id: int) -> Response:
    found = get(session(), actor(), Article, record_id)
    return page("knowledge/portal/article.html", article=portal_article(found))
