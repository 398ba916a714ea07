"""What tasks add to the platform: they go on any record and need no other module."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from concord.module import Module
from concord.records.slots import RECORD_ASIDE
from concord.records.types import RecordType
from concord.slots import ANY_KIND, Command, NavItem, WorkbenchBlock
from modules.tasks.permissions import ROLES, Tasks
from modules.tasks.seeds import seed
from modules.tasks.tasks.bulk import BULK
from modules.tasks.tasks.collection import COLLECTION
from modules.tasks.tasks.facts import FACTS
from modules.tasks.tasks.lists import TASK_LIST
from modules.tasks.tasks.models import Task
from modules.tasks.tasks.policy import TASKS
from modules.tasks.tasks.routes import routes
from modules.tasks.tasks.search import TASK_SEARCH
from modules.tasks.tasks.views import my_day, my_done, panel_of
from modules.tasks.topics import TASK_TOPIC

TASK = RecordType(
    kind="task",
    model=Task,
    policy=TASKS,
    label=_l("Task"),
    icon="list-checks",
    endpoint="tasks.task",
    search=TASK_SEARCH,
)
NAV = NavItem(
    label=_l("Tasks"),
    endpoint="tasks.index",
    permission=Tasks.TASK_READ,
    icon="list-checks",
    section="",
    order=20,
    phone=True,
)
COMMANDS = (
    Command(
        label=_l("New task"),
        icon="list-checks",
        endpoint="tasks.new",
        permission=Tasks.TASK_WRITE,
        dialog=True,
        order=10,
    ),
    Command(
        label=_l("New task for %(title)s"),
        icon="list-checks",
        endpoint="tasks.new",
        permission=Tasks.TASK_WRITE,
        kinds=ANY_KIND,
        dialog=True,
        order=20,
    ),
)
PANEL = RECORD_ASIDE.panel("tasks/panel.html", panel_of, permission=Tasks.TASK_READ, order=10)
DAY = WorkbenchBlock(
    name="tasks",
    template="tasks/day.html",
    load=my_day,
    permission=Tasks.TASK_READ,
    order=10,
    topic="kind:task",
)
DONE = WorkbenchBlock(
    name="tasks-done",
    template="tasks/done.html",
    load=my_done,
    permission=Tasks.TASK_READ,
    place="aside",
    order=50,
    topic="kind:task",
)

MODULE = Module(
    name="tasks",
    title=_l("Tasks"),
    folder=Path(__file__).parent,
    blueprints=(routes,),
    permissions=(Tasks,),
    roles=ROLES,
    records=(TASK,),
    facts=FACTS,
    topics=(TASK_TOPIC,),
    panels=(PANEL,),
    nav=(NAV,),
    commands=COMMANDS,
    workbench=(DAY, DONE),
    collections=(COLLECTION,),
    lists=(TASK_LIST,),
    bulk=(BULK,),
    seed=seed,
)
