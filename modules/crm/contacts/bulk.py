"""What can be done to many contacts at once."""

from concord.bulk.declaring import BulkType, Counted
from concord.records.actions import assign_many
from modules.crm.contacts.actions import restore_contact
from modules.crm.contacts.resource import CONTACT_COLLECTION

CONTACT_BULK = BulkType(
    collection=CONTACT_COLLECTION,
    counted=Counted("contact", "contacts", "位联系人"),
    assign=assign_many,
    restore=restore_contact,
)
