"""What went wrong, in one sentence for whoever typed the command."""

import errno

from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeout,
)

from concord.backups.manifest import NotABackup
from concord.backups.restoring import Unfit
from concord.errors import ConcordError, Invalid
from concord.jobs.executors import NameTaken
from concord.migrations.run import BrokenReference, HouseBusy, NewerDatabase
from concord.serving.ports import AddressTaken, AddressUnknown
from concord.settings import SettingsError

WITH_A_SENTENCE = (NotABackup, Unfit, SettingsError, AddressTaken, AddressUnknown, NameTaken)
NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC)


def sentence(error: Exception) -> str | None:
    """The sentence for an error; None for one that only its traceback explains."""
    match error:
        case Invalid():
            return " ".join(said for sentences in error.errors.values() for said in sentences)
        case ConcordError():
            return error.detail or f"{error.title}."
        case NewerDatabase():
            return f"The database was upgraded by a newer Concord ({error}): run that one."
        case HouseBusy():
            return "A table was in use all the time: run it again when less is done."
        case BrokenReference():
            return f"The migration left a row of {error} that points nowhere; it was not kept."
        case DBAPIError():
            return _of_database(error)
        case ArgumentError() | NoSuchModuleError():
            return "CONCORD_DATABASE_URL names no database that Concord can use."
        case PoolTimeout() | TimeoutError():
            return "The database is too busy to answer."
        case OSError() if error.errno in NOT_WRITABLE:
            return f"{error.filename or 'The data folder'} cannot be written: {error.strerror}."
    return str(error) if isinstance(error, WITH_A_SENTENCE) else None


def _of_database(error: DBAPIError) -> str | None:
    reason = str(error.orig).strip().partition("\n")[0]
    if "readonly" in reason or "unable to open" in reason:
        return f"The database cannot be written ({reason}): check the data folder and its owner."
    if "no such table" in reason or type(error.orig).__name__ == "UndefinedTable":
        return "The database is not of this release: run `concord migrate`."
    if isinstance(error, OperationalError) and not isinstance(error, ProgrammingError):
        return f"The database cannot be reached: {reason}."
    return None
