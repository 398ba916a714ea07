"""Jobs and schedules in words: what they are called, and how often they come round."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from concord.installation import Installation
from concord.jobs.schedules import Rhythm, schedules_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def labels(installation: Installation) -> dict[str, str]:
    """By name, what a job is called; a job of an absent module has only its name."""
    found = {job.name: str(job.label or "") for m in installation.modules for job in m.jobs}
    return found | {item.name: str(item.label or "") for item in schedules_of(installation)}


def named_like(installation: Installation, names: list[str], words: str) -> list[str]:
    """The names that hold these words, in themselves or in what they are called."""
    called, wanted = labels(installation), words.casefold().split()
    return [
        name
        for name in sorted({*names, *called})
        if all(word in f"{name} {called.get(name, '')}".casefold() for word in wanted)
    ]


def rhythm(every: Rhythm) -> str:
    if not isinstance(every, timedelta):
        return _("Daily at %(time)s", time=f"{every.at:%H:%M}")
    if every % HOUR == timedelta(0):
        hours = every // HOUR
        return ngettext("Every hour", "Every %(num)s hours", hours)
    if every % MINUTE == timedelta(0):
        return ngettext("Every minute", "Every %(num)s minutes", every // MINUTE)
    seconds = int(every.total_seconds())
    return ngettext("Every second", "Every %(num)s seconds", seconds)
