"""One polite mail back: to the person themselves, whoever the mail says that it is from."""

from datetime import timedelta

from flask_babel import gettext as _

from concord.actors import Actor
from concord.database.engine import Database
from concord.identity.models import User
from concord.identity.throttle import Limit, count
from concord.mail.letters import queue_letter

LIMIT = Limit("mail-refused", 1, timedelta(hours=1))


def say_so(database: Database, reader: Actor, message_id: str, sentence: str | None) -> None:
    """Tell `reader` why their answer is not on the record: once an hour, and nothing it held."""
    if sentence is None:
        return
    with database.writing() as session:
        if not count(session, LIMIT.of(reader.user_id)):
            user = session.get_one(User, reader.user_id)
            queue_letter(
                session,
                "refused",
                to=user.email,
                language=reader.language,
                subject=_("Your answer was not taken"),
                reason=sentence,
                headers={"In-Reply-To": message_id},
            )
        session.commit()
