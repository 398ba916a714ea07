"""The page `/`: the workbench for staff, the way to the portal for everybody else."""

from flask import redirect
from flask_babel import format_date
from werkzeug.wrappers import Response

from concord.clock import now
from concord.web.pages import render
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes
from concord.workbench.permissions import Workbench
from concord.workbench.queries import loaded, loaded_one

routes = Routes("workbench", __name__)


@routes.get("/", permission=SIGNED_IN, faces=EVERYBODY)
def home() -> Response:
    if actor().outside:
        return redirect("/portal/")
    return render("workbench/page.html", blocks=loaded(session(), actor()), today=_today())


@routes.get("/workbench/<name>", permission=Workbench.READ)
def block(name: str) -> Response:
    """One block alone, when something rang for it."""
    return render("workbench/block.html", loaded=loaded_one(session(), actor(), name))


def _today() -> str:
    """The day as people name it: Tue 24 Nov, 11月24日 周二."""
    return format_date(now(), "M月d日 EEE" if actor().language == "zh" else "EEE d MMM")
