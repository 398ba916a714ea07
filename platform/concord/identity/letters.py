"""Letters about accounts: each a text and a page, in the language of whoever gets it."""

from typing import Any

from flask import current_app
from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from concord import organisation
from concord.identity.models import User
from concord.installation import current_installation
from concord.mail import queue
from concord.web.i18n import LOCALES

SUBJECTS: dict[str, LazyString] = {
    "reset": _l("Set a new password"),
    "password_changed": _l("Your password was changed"),
    "staff_invitation": _l("Your account is waiting"),
    "portal_invitation": _l("You are invited to our portal"),
    "email_change": _l("Confirm your new mail address"),
    "email_changing": _l("Your mail address is about to change"),
    "email_changed": _l("Your mail address was changed"),
    "test": _l("A test mail"),
    "security": _l("How you sign in was changed"),
}


def warn(session: Session, user: User, what: str) -> None:
    """Tell somebody that the way they sign in changed; `what` is the marked sentence."""
    send(session, "security", to=user.email, language=user.language, name=user.name, what=what)


def send(session: Session, letter: str, *, to: str, language: str, **values: Any) -> None:
    """Queue a letter with the caller's transaction. `path` among the values becomes its `link`.

    Links are built from the configured address, whatever host the request named.
    """
    values = {"organisation": organisation.name(), "language": language, "to": to, **values}
    if "path" in values:
        values["link"] = current_installation().settings.base_url.rstrip("/") + values.pop("path")
    templates = current_app.jinja_env
    with force_locale(LOCALES[language]):
        subject = f"{SUBJECTS[letter]} · {values['organisation']}"
        values["subject"] = subject
        text = templates.get_template(f"identity/mail/{letter}.txt").render(values)
        html = templates.get_template(f"identity/mail/{letter}.html").render(values)
    queue(session, to=to, subject=subject, text=text, html=html)
