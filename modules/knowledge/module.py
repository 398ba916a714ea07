"""What knowledge adds to the platform: articles inside, and those published in the portal."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from concord.module import Module
from concord.records.types import RecordType
from concord.slots import Command, NavItem
from modules.knowledge.articles.bulk import BULK
from modules.knowledge.articles.collection import COLLECTION
from modules.knowledge.articles.facts import FACTS
from modules.knowledge.articles.lists import ARTICLE_LIST
from modules.knowledge.articles.models import Article
from modules.knowledge.articles.policy import ARTICLES
from modules.knowledge.articles.portal import HOME, PAGE
from modules.knowledge.articles.portal import routes as portal_routes
from modules.knowledge.articles.routes import routes
from modules.knowledge.articles.search import ARTICLE_SEARCH
from modules.knowledge.permissions import ROLES, Knowledge
from modules.knowledge.seeds import seed
from modules.knowledge.topics import KNOWLEDGE

ARTICLE = RecordType(
    kind="article",
    model=Article,
    policy=ARTICLES,
    label=_l("Article"),
    icon="book-open",
    endpoint="knowledge.article",
    portal_endpoint="knowledge_portal.article",
    search=ARTICLE_SEARCH,
)
NAV = NavItem(
    label=_l("Knowledge"),
    endpoint="knowledge.index",
    permission=Knowledge.ARTICLE_READ,
    icon="book-open",
    section="work",
    order=50,
    phone=True,
)
NEW = Command(
    label=_l("New article"),
    icon="book-open",
    endpoint="knowledge.new",
    permission=Knowledge.ARTICLE_WRITE,
    order=40,
)

MODULE = Module(
    name="knowledge",
    title=_l("Knowledge"),
    folder=Path(__file__).parent,
    blueprints=(routes, portal_routes),
    permissions=(Knowledge,),
    roles=ROLES,
    records=(ARTICLE,),
    facts=FACTS,
    topics=(KNOWLEDGE,),
    nav=(NAV,),
    commands=(NEW,),
    portal=(PAGE,),
    portal_home=(HOME,),
    collections=(COLLECTION,),
    lists=(ARTICLE_LIST,),
    bulk=(BULK,),
    seed=seed,
)
