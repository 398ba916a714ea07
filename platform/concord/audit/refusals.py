"""A refusal is worth a row of its own: it is written and committed beside the failed request."""

import structlog
from flask import request
from sqlalchemy.exc import SQLAlchemyError

from concord.audit.writing import note
from concord.installation import current_installation
from concord.web.request import actor_or_none

log = structlog.get_logger()


def note_refusal() -> None:
    """Keep who was refused what; never makes the answer fail."""
    try:
        with current_installation().database.writing() as session:
            # The rule and its ids, not the path: some addresses hold a secret.
            rule = request.url_rule.rule if request.url_rule else ""
            ids = {name: id_ for name, id_ in (request.view_args or {}).items() if type(id_) is int}
            asked = {"method": request.method, "rule": rule, **ids}
            note(session, actor_or_none(), "refused", changes=asked)
            session.commit()
    except (SQLAlchemyError, TimeoutError):
        log.warning("refusal_not_written", exc_info=True)
