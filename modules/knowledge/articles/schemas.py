"""An article's fields, declared once: in the editor, in the API, and what the portal may show."""

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validate

from concord.api.fields import Identifier, Moment
from concord.api.schemas import RecordOut
from modules.knowledge.articles.models import Readers, State

LONGEST_TITLE, LONGEST_SPACE, LONGEST_BODY = 200, 60, 100_000


def check_title(title: str) -> None:
    if not title.strip():
        raise ValidationError(_("Give the article a title."))
    _check_length(title, LONGEST_TITLE)


def check_space(space: str) -> None:
    if not space.strip():
        raise ValidationError(_("Name the space it belongs to."))
    _check_length(space, LONGEST_SPACE)


def check_body(body: str) -> None:
    _check_length(body, LONGEST_BODY)


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise ValidationError(_("At most %(most)s characters.", most=most))


class ArticleForm(Schema):
    """What the editor sends."""

    title = fields.String(required=True, validate=check_title)
    space = fields.String(required=True, validate=check_space)
    body = fields.String(validate=check_body)
    audience = fields.Enum(Readers, by_value=True)
    review_on = fields.Date(allow_none=True)


class ArticleIn(ArticleForm):
    """The API's: with the state."""

    state = fields.Enum(State, by_value=True)


class ArticleOut(RecordOut):
    title = fields.String()
    body = fields.String()
    space = fields.String()
    audience = fields.String(validate=validate.OneOf([readers.value for readers in Readers]))
    state = fields.String(validate=validate.OneOf([state.value for state in State]))
    published_at = Moment(allow_none=True)
    review_on = fields.Date(allow_none=True)


class PortalArticleOut(Schema):
    """All that people outside learn of an article."""

    id = Identifier()
    title = fields.String()
    body = fields.String()
    space = fields.String()
    published_at = Moment()
