"""The places every record's page offers, whatever its kind."""

from concord.records.models import Record
from concord.slots import Slot

# Beside the timeline: what belongs to the record and is worked on there.
RECORD_ASIDE = Slot("record.aside", Record)
