"""What can be done to many articles at once."""

from concord.bulk.declaring import BulkType, Counted
from concord.records.actions import assign_many
from modules.knowledge.articles import actions
from modules.knowledge.articles.collection import COLLECTION

BULK = BulkType(
    collection=COLLECTION,
    counted=Counted("article", "articles", "篇文章"),
    assign=assign_many,
    restore=actions.restore,
)
