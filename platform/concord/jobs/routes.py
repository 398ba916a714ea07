"""The page of jobs for administrators: what waits, runs and failed, and what the clock asks for."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from concord.errors import Conflict, NotFound
from concord.installation import current_installation
from concord.jobs import actions, holding, listing, overview, slots
from concord.jobs.holding import EVERYTHING
from concord.jobs.permissions import Jobs
from concord.jobs.schedules import schedules_of
from concord.jobs.statuses import State
from concord.jobs.words import labels, named_like, rhythm
from concord.web.pages import go_to, render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.routing import Routes
from concord.web.toasts import toast

HOME = "/settings/jobs"
SCHEDULES = "/settings/jobs/schedules"
STATES = {
    State.WAITING: _l("Waiting"),
    State.RUNNING: _l("Running"),
    State.FAILED: _l("Failed"),
    State.HELD: _l("Held"),
    State.DONE: _l("Done"),
    State.CANCELLED: _l("Cancelled"),
}

routes = Routes("jobs", __name__)


@routes.get(HOME, permission=Jobs.READ)
def index() -> Response:
    state, words = _state(), request.args.get("q", "").strip()
    found = listing.jobs(
        session(),
        states=[state] if state else (),
        names=_names(words),
        quiet=() if state or words else _by_the_clock(),
        cursor=request.args.get("cursor"),
    )
    template = "jobs/found.html" if is_fragment() else "jobs/page.html"
    return _page(template, jobs=found.items, next=found.next, state=state, words=words)


@routes.get(SCHEDULES, permission=Jobs.READ)
def schedules() -> Response:
    found = overview.coming(session(), current_installation())
    return _page("jobs/schedules.html", schedules=found, rhythm=rhythm)


@routes.get(f"{HOME}/<job_id>", permission=Jobs.READ)
def job(job_id: str) -> Response:
    return _page("jobs/job.html", job=listing.job(session(), job_id))


@routes.post(f"{HOME}/<job_id>/run", permission=Jobs.MANAGE)
def run_again(job_id: str) -> Response:
    found = listing.job(session(), job_id)
    close_session()
    if not actions.run_again(current_installation().database, actor(), [found]):
        raise Conflict(detail=_("Only a job that failed or is held can run again."))
    toast(_("The job runs again."))
    return go_to(HOME)


@routes.post(f"{HOME}/run-failed", permission=Jobs.MANAGE)
def run_failed() -> Response:
    """A page of them at a time: what fails for one reason often fails in hundreds."""
    names = _names(request.form.get("q", "").strip())
    found = listing.jobs(session(), states=[State.FAILED], names=names)
    close_session()
    number = actions.run_again(current_installation().database, actor(), found.items)
    toast(ngettext("One job runs again.", "%(num)s jobs run again.", number))
    return go_to(HOME)


@routes.post(f"{HOME}/<job_id>/cancel", permission=Jobs.MANAGE)
def cancel(job_id: str) -> Response:
    actions.cancel(session(), actor(), job_id)
    toast(_("The job is cancelled."))
    return go_to(HOME)


@routes.post(f"{HOME}/hold", permission=Jobs.MANAGE)
def hold() -> Response:
    name = _name_to_hold()
    holding.hold(session(), actor(), name)
    toast(_("No job starts until you release them.") if name == EVERYTHING else
          _("Jobs of this kind do not start until you release them."))  # fmt: skip
    return go_to(_back())


@routes.post(f"{HOME}/release", permission=Jobs.MANAGE)
def release() -> Response:
    name = _name_to_hold()
    close_session()
    number = actions.release(current_installation().database, actor(), name)
    toast(ngettext("Released; one job starts now.", "Released; %(num)s jobs start now.", number)
          if number else _("Released."))  # fmt: skip
    return go_to(_back())


@routes.post(f"{SCHEDULES}/<name>/run", permission=Jobs.MANAGE)
def run_schedule(name: str) -> Response:
    schedule = overview.schedule_named(current_installation(), name)
    if slots.run_now(session(), schedule) is None:
        raise Conflict(detail=_("This one already waits or runs."))
    toast(_("It runs now."))
    return go_to(SCHEDULES)


def _page(template: str, **context: Any) -> Response:
    return render(
        template,
        states=STATES,
        labels=labels(current_installation()),
        holds=holding.holds(session()),
        **context,
    )


def _by_the_clock() -> list[str]:
    return [schedule.name for schedule in schedules_of(current_installation())]


def _state() -> State | None:
    given = request.args.get("state", "")
    return State(given) if given in set(State) else None


def _names(words: str) -> list[str] | None:
    if not words:
        return None
    return named_like(current_installation(), listing.names_of(session()), words)


def _name_to_hold() -> str:
    """A name that exists, or all of them."""
    name = request.form.get("name", "")
    known = {EVERYTHING, *labels(current_installation()), *holding.holds(session())}
    if name not in known:
        raise NotFound
    return name


def _back() -> str:
    return SCHEDULES if request.form.get("back") == "schedules" else HOME
