"""Carrying a run through: step after step, each in a transaction of its own."""

import time

from flask_babel import lazy_gettext as _l

from concord.actors import SYSTEM
from concord.bulk.stepping import advance
from concord.database.engine import Database
from concord.jobs.job import Errand

BREATH = 0.02
"""Seconds between two steps in which others may write."""


def carry_through(database: Database, run_id: int) -> None:
    """Until it is done or held. Killed and begun again it goes on where it was: an item that is
    done says so in the transaction that did it."""
    more = True
    while more:
        with database.writing() as session:
            session.info["actor"] = SYSTEM
            more = advance(session, run_id)
            session.commit()
        time.sleep(BREATH)


RUN = Errand(name="bulk.run", run=carry_through, label=_l("Change many records"))
