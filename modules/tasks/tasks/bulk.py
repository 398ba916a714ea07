"""What can be done to many tasks at once."""

from concord.bulk.declaring import BulkType, Counted
from concord.records.actions import assign_many
from modules.tasks.tasks import actions
from modules.tasks.tasks.collection import COLLECTION

BULK = BulkType(
    collection=COLLECTION,
    counted=Counted("task", "tasks", "项任务"),
    assign=assign_many,
    restore=actions.restore,
)
