"""One polite mail back: to the person themselves, whoever the mail says that it is from."""

from datetime import timedelta

from flask import render_template
from flask_babel import gettext as _

from concord import organisation
from concord.actors import Actor
from concord.database.engine import Database
from concord.identity.models import User
from concord.identity.throttle import Limit, count
from concord.mail.queueing import queue

LIMIT = Limit("mail-refused", 1, timedelta(hours=1))


def say_so(database: Database, reader: Actor, message_id: str, sentence: str | None) -> None:
    """Tell `reader` why their answer is not on the record: once an hour, and nothing it held."""
    if sentence is None:
        return
    with database.writing() as session:
        if not count(session, LIMIT.of(reader.user_id)):
            user = session.get_one(User, reader.user_id)
            shown = {
                "organisation": organisation.name(),
                "language": reader.language,
                "subject": _("Your answer was not taken"),
                "reason": sentence,
            }
            queue(
                session,
                to=user.email,
                subject=f"{shown['subject']} · {shown['organisation']}",
                text=render_template("notifications/mail/refused.txt", **shown),
                html=render_template("notifications/mail/refused.html", **shown),
                headers={"In-Reply-To": message_id},
            )
        session.commit()
