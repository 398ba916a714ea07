"""Who sees tasks: staff, within the scope of their role. People outside never do."""

from concord.policy import ScopedPolicy
from modules.tasks.permissions import Tasks
from modules.tasks.tasks.models import Task

TASKS = ScopedPolicy(Task, kind="task", read=Tasks.TASK_READ)
