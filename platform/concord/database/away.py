"""Telling a database that is away from one that refuses: of the first nobody's work is at fault."""

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

CONNECTION_EXCEPTIONS = "08"
# Told to end, ended in a crash, starting; no connection left, no room on its disk.
AWAY = ("57P01", "57P02", "57P03", "53300", "53100")


def is_away(error: BaseException) -> bool:
    """Whether PostgreSQL could not be asked, or could keep nothing: the same may go well later."""
    if isinstance(error, PoolTimeout) or is_lost(error):
        return True
    if not isinstance(error, OperationalError) or not hasattr(error.orig, "sqlstate"):
        return False
    state = getattr(error.orig, "sqlstate", None)
    # Without a state it is the driver that speaks: there was nobody to connect to.
    return state is None or state in AWAY or state.startswith(CONNECTION_EXCEPTIONS)


def is_lost(error: BaseException) -> bool:
    """Whether a connection that there was ended in the middle of the work."""
    return isinstance(error, DBAPIError) and error.connection_invalidated
