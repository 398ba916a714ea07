"""What happens to an article. All of it stays inside; people outside see only the article."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from concord.facts.types import AnyFactType, Fact, FactType, Sentence, owner
from modules.knowledge.articles.models import Readers


@dataclass(frozen=True, kw_only=True)
class ArticleFact(Fact):
    """`title` is the article's, as of then."""

    title: str = ""


@dataclass(frozen=True, kw_only=True)
class ArticleCreated(ArticleFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(ArticleFact):
    """`fields` are the changed fields; `said_en` and `said_zh` name them."""

    fields: tuple[str, ...] = ()
    said_en: str = ""
    said_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(ArticleFact):
    """`readers` is the audience; `readers_en` and `readers_zh` name it."""

    readers: str = ""
    readers_en: str = ""
    readers_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class ArticleWithdrawn(ArticleFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ArticleArchived(ArticleFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ArticleRestored(ArticleFact):
    pass


ARTICLE_CREATED = FactType(
    name="article.created",
    fact=ArticleCreated,
    icon="file-plus",
    sentence=Sentence(en="started the article “{title}”", zh="起草了文章《{title}》"),
)
ARTICLE_CHANGED = FactType(
    name="article.changed",
    fact=ArticleChanged,
    icon="pencil",
    sentence=Sentence(
        en="changed {said_en} of the article “{title}”", zh="修改了文章《{title}》的{said_zh}"
    ),
)
ARTICLE_PUBLISHED = FactType(
    name="article.published",
    fact=ArticlePublished,
    icon="book-open",
    sentence=Sentence(
        en="published the article “{title}” for {readers_en}",
        zh="发布了文章《{title}》（{readers_zh}）",
    ),
    tells=owner,
    topic="knowledge",
    label=_l("My article is published"),
)
ARTICLE_WITHDRAWN = FactType(
    name="article.withdrawn",
    fact=ArticleWithdrawn,
    icon="undo-2",
    sentence=Sentence(
        en="took the article “{title}” back to draft", zh="将文章《{title}》撤回为草稿"
    ),
    tells=owner,
    topic="knowledge",
    label=_l("My article goes back to draft"),
)
ARTICLE_ARCHIVED = FactType(
    name="article.archived",
    fact=ArticleArchived,
    icon="archive",
    sentence=Sentence(en="archived the article “{title}”", zh="归档了文章《{title}》"),
    tells=owner,
    topic="knowledge",
    label=_l("My article is archived"),
)
ARTICLE_RESTORED = FactType(
    name="article.restored",
    fact=ArticleRestored,
    icon="archive-restore",
    sentence=Sentence(en="restored the article “{title}”", zh="恢复了文章《{title}》"),
)

FACTS: tuple[AnyFactType, ...] = (
    ARTICLE_CREATED,
    ARTICLE_CHANGED,
    ARTICLE_PUBLISHED,
    ARTICLE_WITHDRAWN,
    ARTICLE_ARCHIVED,
    ARTICLE_RESTORED,
)

READERS_SAID = {
    Readers.INTERNAL: ("colleagues", "仅同事可见"),
    Readers.CUSTOMERS: ("customers", "客户可见"),
    Readers.SUPPLIERS: ("suppliers", "供应商可见"),
    Readers.ALL: ("customers and suppliers", "客户与供应商可见"),
}
FIELDS_SAID = {
    "title": ("the title", "标题"),
    "body": ("the text", "正文"),
    "space": ("the space", "分类"),
    "audience": ("the readers", "可见范围"),
    "review_on": ("the review date", "复审日期"),
}
