"""What the palette offers to do with customers, suppliers and their people."""

from flask_babel import lazy_gettext as _l

from concord.slots import Command
from concord.timeline.permissions import Timeline
from modules.crm.permissions import Crm

NEW_CUSTOMER = Command(
    label=_l("New customer"),
    icon="building-2",
    endpoint="crm.new_customer",
    permission=Crm.COMPANY_WRITE,
    dialog=True,
    order=15,
)
NEW_SUPPLIER = Command(
    label=_l("New supplier"),
    icon="truck",
    endpoint="crm.new_supplier",
    permission=Crm.COMPANY_WRITE,
    dialog=True,
    order=20,
)
CALL_COMPANY = Command(
    label=_l("Log a call with %(title)s"),
    icon="phone",
    endpoint="crm.company",
    permission=Timeline.POST,
    kinds=frozenset({"company"}),
    fragment="compose-call",
    order=10,
)
CALL_CONTACT = Command(
    label=_l("Log a call with %(title)s"),
    icon="phone",
    endpoint="contacts.page",
    permission=Timeline.POST,
    kinds=frozenset({"contact"}),
    fragment="compose-call",
    order=10,
)
NEW_CONTACT = Command(
    label=_l("New contact at %(title)s"),
    icon="user-plus",
    endpoint="crm.new_contact",
    permission=Crm.CONTACT_WRITE,
    kinds=frozenset({"company"}),
    scoped=True,
    dialog=True,
    order=30,
)

COMMANDS = (NEW_CUSTOMER, NEW_SUPPLIER, CALL_COMPANY, CALL_CONTACT, NEW_CONTACT)
