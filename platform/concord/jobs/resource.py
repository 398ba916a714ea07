"""Jobs and schedules over REST, for administrators: to read, so that a monitor can watch them."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields
from werkzeug.wrappers import Response

from concord.api.answers import answer
from concord.api.describe import PAGING, Operation, Parameter, describes
from concord.api.fields import Moment
from concord.api.filtering import read_limit, single
from concord.api.serialising import serialiser
from concord.errors import Invalid
from concord.installation import current_installation
from concord.jobs.listing import job, jobs
from concord.jobs.overview import coming
from concord.jobs.permissions import Jobs
from concord.jobs.statuses import State
from concord.web.request import session
from concord.web.routing import Routes

PARAMETERS = frozenset({"state", "name", "cursor", "limit"})

routes = Routes("api_jobs", __name__, url_prefix="/api/v1")


class JobOut(Schema):
    """A job. `ids` are what it was given, `next_at` is when it is tried again."""

    id = fields.String()
    name = fields.String()
    state = fields.String()
    ids = fields.List(fields.Integer())
    attempts = fields.Integer()
    error = fields.String(allow_none=True)
    created_at = Moment(attribute="since")
    started_at = Moment(allow_none=True)
    ended_at = Moment(allow_none=True)
    next_at = Moment(allow_none=True)


class ScheduleOut(Schema):
    """A schedule; a held one has no `next_at`."""

    name = fields.String()
    last_at = Moment(allow_none=True)
    last_state = fields.String(allow_none=True)
    next_at = Moment(allow_none=True)


LIST = Operation(
    tag="jobs",
    summary=_l("Read the program's jobs, newest first"),
    parameters=(
        Parameter("state", "string", _l("One of: waiting, running, failed, held, done, cancelled")),
        Parameter("name", "string", _l("Only jobs of this name")),
        *PAGING,
    ),
    response=JobOut,
    paged="string",
)
READ = Operation(tag="jobs", summary=_l("Read one job"), response=JobOut)
SCHEDULES = Operation(
    tag="jobs",
    summary=_l("Read what comes round by the clock"),
    response=ScheduleOut,
    paged="string",
)


@routes.get("/jobs", permission=Jobs.READ)
@describes(LIST)
def index() -> Response:
    given = single(request.args)
    _refuse_unknown(given)
    found = jobs(
        session(),
        states=[State(given["state"])] if "state" in given else (),
        names=[given["name"]] if "name" in given else None,
        limit=read_limit(given),
        cursor=given.get("cursor"),
    )
    return answer({"items": serialiser(JobOut).many(found.items), "next": found.next})


@routes.get("/jobs/<job_id>", permission=Jobs.READ)
@describes(READ)
def one(job_id: str) -> Response:
    return answer(serialiser(JobOut).one(job(session(), job_id)))


@routes.get("/schedules", permission=Jobs.READ)
@describes(SCHEDULES)
def schedules() -> Response:
    found: list[dict[str, Any]] = [
        {
            "name": item.name,
            "last_at": item.last_at,
            "last_state": item.job.state if item.job else None,
            "next_at": item.next_at,
        }
        for item in coming(session(), current_installation())
    ]
    return answer({"items": found, "next": None})


def _refuse_unknown(given: Mapping[str, str]) -> None:
    errors = {name: [_("There is no such filter.")] for name in given.keys() - PARAMETERS}
    if "state" in given and given["state"] not in set(State):
        errors["state"] = [_("Choose one of those offered.")]
    if errors:
        raise Invalid(errors)
