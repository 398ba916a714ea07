"""What permissions are called: a permission is `part:noun:verb`, and each has words of its own.

A noun that is a kind of record is called as its kind is, and a part that is a module as its module.
"""

from collections.abc import Mapping

from flask_babel import gettext

from concord.installation import current_installation
from concord.web.marks import N_

PARTS: Mapping[str, str] = {
    "identity": N_("People and rights"),
    "timeline": N_("Timeline"),
    "workbench": N_("Workbench"),
    "portal": N_("Portal"),
    "jobs": N_("Jobs"),
    "audit": N_("Audit"),
    "lists": N_("Lists"),
    "bulk": N_("Many at once"),
    "tags": N_("Tags"),
    "webhooks": N_("Webhooks"),
    "organisation": N_("Organisation"),
    "records": N_("Records"),
}
NOUNS: Mapping[str, str] = {
    "user": N_("Accounts"),
    "role": N_("Roles"),
    "token": N_("API tokens"),
    "colleague": N_("Colleagues"),
    "entry": N_("Entries"),
    "page": N_("Pages"),
    "portal": N_("Portal access"),
    "job": N_("Jobs"),
    "log": N_("Audit"),
    "list": N_("Lists"),
    "view": N_("Saved views"),
    "run": N_("Changes of many records"),
    "tag": N_("Tags"),
    "webhook": N_("Webhooks"),
    "answer": N_("Answers of receivers"),
    "provider": N_("Ways to sign in"),
    "settings": N_("Settings of the organisation"),
    "record": N_("Records of every kind"),
}
VERBS: Mapping[str, str] = {
    "read": N_("See"),
    "write": N_("Add and change"),
    "archive": N_("Archive and restore"),
    "publish": N_("Publish"),
    "answer": N_("Give an answer"),
    "manage": N_("Manage"),
    "moderate": N_("Withdraw what others wrote"),
    "invite": N_("Invite"),
    "export": N_("Carry out of the house"),
    "share": N_("Share with others"),
    "make": N_("Make new ones"),
    "purge": N_("Remove for good"),
}
GROUPS: Mapping[str, str] = {"credit": N_("Credit limit and terms of payment")}


def part(permission: str) -> str:
    name = permission.partition(":")[0]
    if name in PARTS:
        return gettext(PARTS[name])
    modules = {module.name: module for module in current_installation().modules}
    return str(modules[name].title) if name in modules else _plain(name)


def noun(permission: str) -> str:
    name = permission.split(":")[1]
    kind = current_installation().records.get(name)
    if kind is not None:
        return str(kind.label)
    return gettext(NOUNS[name]) if name in NOUNS else _plain(name)


def verb(permission: str) -> str:
    name = permission.split(":")[2]
    return gettext(VERBS[name]) if name in VERBS else _plain(name)


def field_group(name: str) -> str:
    return gettext(GROUPS[name]) if name in GROUPS else _plain(name)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
