"""Mails of what happens on records: each a text and a page, under the house's name."""

from collections.abc import Mapping
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from concord import organisation
from concord.mail.models import Mail
from concord.mail.queueing import queue


def queue_letter(
    session: Session,
    letter: str,
    *,
    to: str,
    language: str,
    subject: str,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> Mail:
    """Queue the letter of this name, filled with `values`; `key` and `headers` as of any mail."""
    house = organisation.name()
    shown = {"organisation": house, "language": language, "subject": subject, **values}
    return queue(
        session,
        to=to,
        subject=f"{subject} · {house}",
        text=render_template(f"notifications/mail/{letter}.txt", **shown),
        html=render_template(f"notifications/mail/{letter}.html", **shown),
        key=key,
        headers=headers,
    )
