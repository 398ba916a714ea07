"""What can be done to many contacts at once."""

from concord.bulk.declaring import BulkType
from concord.records.actions import assign_many
from modules.crm.contacts.actions import restore_contact
from modules.crm.contacts.noun import CONTACT
from modules.crm.contacts.resource import CONTACT_COLLECTION

CONTACT_BULK = BulkType(
    collection=CONTACT_COLLECTION,
    counted=CONTACT.words.counting,
    assign=assign_many,
    restore=restore_contact,
)
