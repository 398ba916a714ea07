"""What other modules may use of tasks."""

from modules.tasks.tasks.actions import assign, complete, create_task, reopen
from modules.tasks.tasks.models import Priority, State, Task

__all__ = ["Priority", "State", "Task", "assign", "complete", "create_task", "reopen"]
