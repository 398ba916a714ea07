"""Tasks on pages: the list, one task, the panel on any record, and what is done with them."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Conflict, Invalid
from concord.identity.assignees import assignees
from concord.lists.asking import LOOK
from concord.lists.page import layouts_of, list_page
from concord.records.access import find_record, get
from concord.records.models import Record
from concord.timeline import panel as timeline
from concord.web import conflicts
from concord.web.forms import load
from concord.web.pages import go_to, render
from concord.web.request import actor, is_fragment, session
from concord.web.routing import Routes
from concord.web.toasts import toast
from modules.tasks.permissions import Tasks
from modules.tasks.tasks import actions, queries
from modules.tasks.tasks.forms import change_from_form, read_about, read_assignee, read_due
from modules.tasks.tasks.lists import TASK_LIST
from modules.tasks.tasks.models import Priority, Task
from modules.tasks.tasks.queries import View
from modules.tasks.tasks.schemas import TaskForm
from modules.tasks.tasks.views import labels, listed, my_day, one_task, panel_of, shown_value

routes = Routes("tasks", __name__)
BESIDE = ("show", "view")


@routes.get("/tasks", permission=Tasks.TASK_READ)
def index() -> Response:
    if _asks_for_the_list():
        return list_page("tasks")
    view = _view()
    shown = listed(session(), actor(), view, request.args.get("cursor"))
    template = (
        "tasks/more.html" if is_fragment() and request.args.get("cursor") else "tasks/index.html"
    )
    shapes: dict[str, Any] = {"type": TASK_LIST, "layouts": layouts_of(TASK_LIST, actor())}
    return render(template, list=shown, colleagues=assignees(session()), **shapes)


def _asks_for_the_list() -> bool:
    """A layout, a filter or a saved view: what the platform's list shows, beside the to-do list."""
    return bool(request.args.keys() & {*LOOK, "q"}) or request.args.get("view", "").isdecimal()


@routes.get("/tasks/list", permission=Tasks.TASK_READ)
def list_alone() -> Response:
    """The list without its page, when a task somewhere moved."""
    return render("tasks/list.html", list=listed(session(), actor(), _view()))


@routes.get("/tasks/on/<int:record_id>", permission=Tasks.TASK_READ)
def panel(record_id: int) -> Response:
    record, _type = find_record(session(), actor(), record_id)
    return render("tasks/panel.html", panel=panel_of(session(), actor(), record), record=record)


@routes.get("/tasks/new", permission=Tasks.TASK_WRITE)
def new() -> Response:
    about = read_about(session(), actor(), request.args.get("record_id", type=int))
    return render("tasks/new.html", about=about, colleagues=assignees(session()), form={})


@routes.post("/tasks", permission=Tasks.TASK_WRITE)
def create() -> Response:
    values = load(TaskForm(), beside=BESIDE)
    about = read_about(session(), actor(), values.get("record_id"))
    task = actions.create_task(
        session(),
        actor(),
        title=values["title"],
        about=about,
        assignee=read_assignee(session(), values.get("assignee_id")),
        due=read_due(values, actor()),
        priority=values.get("priority", Priority.NORMAL),
        note=values.get("note", ""),
    )
    toast(_("Task added."), undo=url_for("tasks.archive", record_id=task.id))
    return _after_creating(task, about)


@routes.get("/tasks/<int:record_id>", permission=Tasks.TASK_READ)
def task(record_id: int) -> Response:
    found = get(session(), actor(), Task, record_id)
    line = timeline.context(session(), actor(), found, request.args)
    return render("tasks/task.html", **line | one_task(session(), actor(), found))


@routes.get("/tasks/<int:record_id>/head", permission=Tasks.TASK_READ)
def head(record_id: int) -> Response:
    """The task's state and facts without its page, when it moved."""
    return _head(get(session(), actor(), Task, record_id))


@routes.patch("/tasks/<int:record_id>", permission=Tasks.TASK_WRITE)
def change(record_id: int) -> Response:
    found = _writable(record_id)
    try:
        change_from_form(session(), actor(), found)
    except Conflict as conflict:
        return conflicts.choose(
            conflict,
            title=found.title,
            url=url_for("tasks.change", record_id=record_id),
            labels=labels(),
            shown=shown_value,
            method="patch",
            target="#task",
        )
    return _head(found)


@routes.post("/tasks/<int:record_id>/complete", permission=Tasks.TASK_WRITE)
def complete(record_id: int) -> Response:
    found = _writable(record_id)
    if actions.complete(session(), actor(), found):
        toast(_("Done."), undo=url_for("tasks.reopen", record_id=record_id))
    return _after(found)


@routes.post("/tasks/<int:record_id>/reopen", permission=Tasks.TASK_WRITE)
def reopen(record_id: int) -> Response:
    found = _writable(record_id)
    actions.reopen(session(), actor(), found)
    return _after(found)


@routes.post("/tasks/<int:record_id>/archive", permission=Tasks.TASK_WRITE)
def archive(record_id: int) -> Response:
    found = _writable(record_id)
    actions.archive(session(), actor(), found)
    toast(_("Task archived."), undo=url_for("tasks.restore", record_id=record_id))
    return render("tasks/gone.html", task=found) if is_fragment() else go_to(url_for("tasks.index"))


@routes.post("/tasks/<int:record_id>/restore", permission=Tasks.TASK_WRITE)
def restore(record_id: int) -> Response:
    found = get(
        session(), actor(), Task, record_id, permission=Tasks.TASK_WRITE, archived=True, lock=True
    )
    actions.restore(session(), actor(), found)
    return go_to(url_for("tasks.task", record_id=record_id))


def _writable(record_id: int) -> Task:
    """The task, held: of two people who complete it at once, one does."""
    return get(session(), actor(), Task, record_id, permission=Tasks.TASK_WRITE, lock=True)


def _view() -> View:
    try:
        return View(request.args.get("view") or request.form.get("view") or View.MINE)
    except ValueError:
        raise Invalid({"view": [_("There is no such list.")]}) from None


def _head(found: Task) -> Response:
    session().flush()
    return render("tasks/head.html", **one_task(session(), actor(), found))


def _after(found: Task) -> Response:
    """What the place that asked shows now: the page's head, a row, or every row of an undo."""
    if not is_fragment():
        return go_to(url_for("tasks.task", record_id=found.id))
    show = request.args.get("show")
    if show == "page":
        return _head(found)
    line = queries.one(session(), actor(), found.id)
    return render("tasks/answer.html", task=line, show=show)


def _after_creating(task: Task, about: Record | None) -> Response:
    """The place a task was written in, with the task in it and an empty form."""
    show = request.form.get("show")
    if show == "panel" and about is not None:
        return render("tasks/panel.html", panel=panel_of(session(), actor(), about), record=about)
    if show == "list":
        shown = listed(session(), actor(), _view())
        people = assignees(session())
        return render("tasks/added.html", show=show, list=shown, colleagues=people)
    if show == "workbench":
        day = my_day(session(), actor())
        return render("tasks/added.html", show=show, block=day, colleagues=day.colleagues)
    return go_to(url_for("tasks.task", record_id=task.id))
