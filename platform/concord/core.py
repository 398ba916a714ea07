"""What the platform itself brings, in the same form as any module."""

from collections import defaultdict
from pathlib import Path

from flask_babel import lazy_gettext as _l

from concord.actors import Scope
from concord.audit import module as audit
from concord.audit import writing
from concord.bulk import module as bulk
from concord.demo.cast import seed as seed_cast
from concord.demo.story import Story
from concord.design import module as design
from concord.exports import module as exports
from concord.facts import commit
from concord.files import module as files
from concord.house import module as house
from concord.identity import module as identity
from concord.jobs import module as jobs
from concord.lists import module as lists
from concord.mail import module as mail
from concord.module import Grants, Module
from concord.notifications import module as notifications
from concord.portal import module as portal
from concord.push import module as push
from concord.records import permissions as records
from concord.records.routes import routes as record_routes
from concord.search import keeping
from concord.search import module as search
from concord.tags import module as tags
from concord.timeline.facts import FACTS as TIMELINE_FACTS
from concord.timeline.permissions import Timeline
from concord.timeline.routes import routes as timeline_routes
from concord.web.health import routes as health_routes
from concord.web.keyboard import routes as keyboard_routes
from concord.web.settings_frame import routes as settings_routes
from concord.webhooks import module as webhooks
from concord.workbench import module as workbench

# Importing them makes every commit write its audit rows, settle its facts and be found.
COMMITS = (writing, commit, keeping)

WORKBENCH_ROLES: Grants = {
    role: {workbench.Workbench.READ: Scope.OWN}
    for role in (
        "administrator", "manager", "sales", "service", "production", "purchasing", "finance",
        "read_only",
    )
}  # fmt: skip


def merged(*parts: Grants) -> Grants:
    """The default grants of several parts as one: role → permission → scope."""
    roles: defaultdict[str, dict[str, Scope]] = defaultdict(dict)
    for part in parts:
        for role, grants in part.items():
            roles[role].update(grants)
    return dict(roles)


def seed(story: Story) -> None:
    """The platform's part of the demo story."""
    seed_cast(story)
    webhooks.seed(story)


CORE = Module(
    name="concord",
    title=_l("Platform"),
    folder=Path(__file__).parent,
    blueprints=(
        *identity.BLUEPRINTS,
        workbench.routes,
        timeline_routes,
        *notifications.ROUTES,
        *push.ROUTES,
        search.routes,
        *files.ROUTES,
        *lists.ROUTES,
        *portal.ROUTES,
        *bulk.ROUTES,
        *tags.ROUTES,
        *exports.ROUTES,
        health_routes,
        keyboard_routes,
        settings_routes,
        record_routes,
        *webhooks.ROUTES,
        design.routes,
        *jobs.ROUTES,
        audit.routes,
        *house.ROUTES,
    ),
    permissions=(
        *identity.PERMISSIONS,
        *lists.PERMISSIONS,
        Timeline,
        workbench.Workbench,
        *portal.PERMISSIONS,
        *jobs.PERMISSIONS,
        *audit.PERMISSIONS,
        *house.PERMISSIONS,
        bulk.Bulk,
        tags.Tags,
        exports.Exports,
        webhooks.Webhooks,
        records.Records,
    ),
    roles=merged(
        identity.GRANTS,
        lists.GRANTS,
        portal.ROLES,
        WORKBENCH_ROLES,
        jobs.ROLES,
        audit.ROLES,
        house.ROLES,
        bulk.ROLES,
        tags.ROLES,
        exports.ROLES,
        webhooks.GRANTS,
        records.ROLES,
    ),
    records=(bulk.BULK_RUN, webhooks.WEBHOOK),
    facts=(*TIMELINE_FACTS, *files.FACTS, *identity.FACTS, *bulk.FACTS, *webhooks.FACTS),
    topics=(*notifications.TOPICS,),
    collections=(
        *identity.COLLECTIONS,
        *lists.COLLECTIONS,
        *bulk.COLLECTIONS,
        *tags.COLLECTIONS,
        webhooks.COLLECTION,
    ),
    nav=(workbench.NAV, *identity.NAV),
    settings=(
        *identity.SETTINGS_PAGES,
        *design.SETTINGS_PAGES,
        *jobs.SETTINGS,
        *audit.PAGES,
        *house.SETTINGS_PAGES,
        *bulk.SETTINGS,
        webhooks.SETTINGS,
        notifications.SETTINGS_PAGE,
        *tags.SETTINGS,
    ),
    panels=(*tags.PANELS,),
    portal=(*portal.PAGES, *identity.PORTAL_PAGES),
    first_steps=house.FIRST_STEPS,
    workbench=(
        *house.WORKBENCH,
        workbench.NEWS,
    ),
    jobs=(
        *files.JOBS,
        *mail.JOBS,
        *identity.JOBS,
        *notifications.JOBS,
        *push.JOBS,
        *bulk.JOBS,
        *exports.JOBS,
        *audit.JOBS,
        *search.JOBS,
        webhooks.SEND,
        webhooks.FORGET_MORE,
    ),
    commands=search.COMMANDS,
    schedules=(
        *files.SCHEDULES,
        *mail.SCHEDULES,
        *notifications.SCHEDULES,
        *exports.SCHEDULES,
        *audit.SCHEDULES,
        *webhooks.SCHEDULES,
    ),
    seed=seed,
)
