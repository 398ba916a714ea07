"""The audit in human words: what tables, columns and actions are called."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, pgettext

from concord.installation import current_installation
from concord.web.marks import N_

ACTIONS: Mapping[str, str] = {
    "create": N_("created"),
    "update": N_("changed"),
    "delete": N_("removed"),
    "refused": N_("was refused"),
    "signed_in": N_("signed in"),
    "signed_out": N_("signed out"),
    "sign_in_failed": N_("failed to sign in"),
    "password_reset": N_("set a new password by mail"),
    "email_changed": N_("changed the mail address"),
    "exported": N_("exported"),
    "erased": N_("erased"),
    "audit_accepted": N_("accepted the end of the audit"),
    "keys_rotated": N_("renewed the keys"),
    "key_dropped": N_("dropped a key"),
    "view_as_started": N_("began to look as somebody else"),
    "view_as_ended": N_("stopped looking as somebody else"),
    "handed_over": N_("handed over records"),
}
TABLES: Mapping[str, str] = {
    "concord_users": N_("Account"),
    "concord_roles": N_("Role"),
    "concord_teams": N_("Team"),
    "concord_user_roles": N_("Role of an account"),
    "concord_portal_memberships": N_("Portal access"),
    "concord_sessions": N_("Sign-in on a device"),
    "concord_api_tokens": N_("API token"),
    "concord_invitations": N_("Invitation"),
    "concord_password_resets": N_("Link for a new password"),
    "concord_email_changes": N_("Change of a mail address"),
    "concord_settings": N_("Setting of the organisation"),
    "concord_logos": N_("Logo"),
    "concord_calendar_days": N_("Day of the calendar"),
    "concord_files": N_("File"),
    "concord_timeline_entries": N_("Timeline entry"),
    "concord_record_members": N_("Access to a record"),
    "concord_records": N_("Record"),
    "concord_audit": N_("Audit"),
    "crm_date_request_lines": N_("Line of a date request"),
}
COLUMNS: Mapping[str, str] = {
    "name": N_("Name"),
    "title": N_("Title"),
    "email": N_("Mail address"),
    "phone": N_("Phone"),
    "language": N_("Language"),
    "timezone": N_("Time zone"),
    "theme": N_("Appearance"),
    "team_id": N_("Team"),
    "owner_id": N_("Owner"),
    "user_id": N_("Person"),
    "company_id": N_("Company"),
    "record_id": N_("Record"),
    "roles": N_("Roles"),
    "grants": N_("Permissions"),
    "field_groups": N_("Groups of fields"),
    "known": N_("Permissions offered so far"),
    "disabled_at": N_("Disabled"),
    "archived_at": N_("Archived"),
    "accepted_at": N_("Accepted"),
    "expires_at": N_("Works until"),
    "revoked_at": N_("Revoked"),
    "last_seen_at": N_("Last seen"),
    "password_hash": N_("Password"),
    "face": N_("Portal"),
    "way": N_("Way to sign in"),
    "is_administrator": N_("Administrator"),
    "value": N_("Value"),
    "body": N_("Text"),
    "status": N_("State"),
    "due_on": N_("Due"),
    "state": N_("State"),
    "done_at": N_("Done"),
    "published_at": N_("Published on"),
    "withdrawn_at": N_("Withdrawn"),
    "edited_at": N_("Changed"),
    "attached_at": N_("Attached"),
    "stopped_at": N_("Stopped"),
    "reason": N_("Reason"),
    "tags": N_("Tags"),
    "kind": N_("Kind"),
    "method": N_("Request"),
    "rule": N_("Page"),
    "filters": N_("Filters"),
    "format": N_("Format"),
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "language": {"en": "English", "zh": "中文"},
    "theme": {"light": N_("Light"), "dark": N_("Dark"), "system": N_("As the system")},
    "way": {
        "password": N_("Password"), "passkey": N_("Passkey"), "provider": N_("Another service"),
    },
    "face": {"customer": N_("Customer"), "supplier": N_("Supplier")},
}  # fmt: skip
LONGEST = 160


def action(name: str) -> str:
    return gettext(ACTIONS[name]) if name in ACTIONS else name.replace("_", " ")


def record_tables() -> dict[str, str]:
    """The tables of records, by the kind they hold."""
    kinds = current_installation().records
    return {str(kind.model.__tablename__): kind.kind for kind in kinds}


def tables() -> dict[str, str]:
    """Every table that can be asked for, with what it is called, by that name."""
    named = {name: gettext(label) for name, label in TABLES.items()}
    for kind in current_installation().records:
        named[str(kind.model.__tablename__)] = str(kind.label)
    return dict(sorted(named.items(), key=lambda item: item[1]))


def column(name: str) -> str:
    known = COLUMNS.get(name)
    return gettext(known) if known else name.removesuffix("_id").replace("_", " ").capitalize()


def choice(column: str, stored: str) -> str:
    """What a value of a column is called that is no word of people; others stay as they are."""
    label = CHOICES.get(column, {}).get(stored)
    return gettext(label) if label is not None else stored


def value(given: Any) -> str:
    """One value, short enough for a line."""
    if given is None or given == "":
        return "–"
    if given is True or given is False:
        return pgettext("a box", "Yes") if given else pgettext("a box", "No")
    if isinstance(given, Mapping):
        given = ", ".join(f"{key}: {value(item)}" for key, item in sorted(given.items())) or "–"
    elif isinstance(given, list):
        given = ", ".join(value(item) for item in given) or "–"
    text = str(given)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
