"""What other modules may use of knowledge."""

from modules.knowledge.articles.actions import create_article, publish
from modules.knowledge.articles.models import Article, Readers, State

__all__ = ["Article", "Readers", "State", "create_article", "publish"]
