"""Settings of the house: roles, and the table of what each may do. A change is shown before."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response

from concord.errors import Conflict, Invalid, NotFound
from concord.identity import looking, matrix, queries, role_actions
from concord.identity.models import Role
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.identity.schemas import RoleIn
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.toasts import toast

READ, MANAGE = Identity.USER_MANAGE, Identity.ROLE_MANAGE
HOME = "/settings/roles"


@routes.get("/settings/roles", permission=READ)
def roles() -> Response:
    return render(
        "identity/roles.html",
        roles=queries.roles(session()),
        holders=queries.role_holders(session()),
        is_own=role_actions.is_own,
        may_manage=actor().may(MANAGE),
    )


@routes.get("/settings/roles/new", permission=MANAGE)
def new_role() -> Response:
    return _form(None)


@routes.post("/settings/roles", permission=MANAGE)
def create_role() -> Response:
    try:
        given = load(RoleIn())
        like = given.get("like")
        role = role_actions.create(
            session(), actor(), given["name"], None if like is None else _role(like)
        )
    except Invalid as error:
        return _form(None, error.errors)
    return go(f"{HOME}/{role.id}")


@routes.get("/settings/roles/<int:role_id>", permission=READ)
def role(role_id: int) -> Response:
    found = _role(role_id)
    return _matrix(found, matrix.Rights.of(found))


@routes.post("/settings/roles/<int:role_id>/review", permission=MANAGE)
def review_role(role_id: int) -> Response:
    """What saving would change; nothing is changed yet."""
    found = _role(role_id)
    wanted = _wanted(found)
    return render(
        "identity/role_review.html",
        role=found,
        wanted=wanted,
        differences=matrix.differences(found, wanted),
        exceeds=role_actions.exceeds(actor(), wanted),
        people=queries.role_holders(session()).get(found.id, 0),
        seen=_digest(matrix.Rights.of(found)),
        reach=reach(),
    )


@routes.post("/settings/roles/<int:role_id>", permission=MANAGE)
def change_role(role_id: int) -> Response:
    found = _role(role_id)
    held = matrix.Rights.of(found)
    wanted = _wanted(found)
    if request.form.get("seen") != _digest(held):
        raise Conflict(detail=_("This role was changed meanwhile. Look at it again."))
    try:
        role_actions.change(session(), actor(), found, wanted, held)
    except Invalid as error:
        close_session()
        return _matrix(_role(role_id), wanted, error.errors)
    toast(_("Saved."))
    return go(f"{HOME}/{role_id}")


@routes.get("/settings/roles/<int:role_id>/rename", permission=MANAGE)
def ask_to_rename_role(role_id: int) -> Response:
    return _form(role_id)


@routes.post("/settings/roles/<int:role_id>/rename", permission=MANAGE)
def rename_role(role_id: int) -> Response:
    try:
        role_actions.rename(session(), actor(), _role(role_id), load(RoleIn())["name"])
    except Invalid as error:
        return _form(role_id, error.errors)
    toast(_("Saved."))
    return go(f"{HOME}/{role_id}")


@routes.post("/settings/roles/<int:role_id>/remove", permission=MANAGE)
def remove_role(role_id: int) -> Response:
    found = _role(role_id)
    name = found.name
    try:
        role_actions.remove(session(), actor(), found)
    except Invalid as error:
        close_session()
        return _matrix(_role(role_id), matrix.Rights.of(_role(role_id)), error.errors)
    toast(_("The role %(name)s is gone.", name=name))
    return go(HOME)


def reach() -> dict[str, str]:
    """The words for how far a permission reaches."""
    return {
        "none": pgettext("reach of a permission", "None"),
        "own": pgettext("reach of a permission", "Own"),
        "team": pgettext("reach of a permission", "The team's"),
        "all": pgettext("reach of a permission", "All"),
        "shown": pgettext("reach of a permission", "Shown"),
    }


def _matrix(
    found: Role, rights: matrix.Rights, errors: Mapping[str, Any] | None = None
) -> Response:
    return render(
        "identity/role.html",
        422 if errors else 200,
        role=found,
        sections=matrix.sections(found, rights),
        groups=matrix.field_groups(found),
        shown=rights.field_groups,
        people=queries.role_holders(session()).get(found.id, 0),
        own=role_actions.is_own(found),
        used=role_actions.is_used(session(), found),
        may_change=actor().may(MANAGE) and not matrix.is_fixed(found),
        may_manage=actor().may(MANAGE),
        may_look=looking.may_look(actor()) and found.face == "staff" and actor().looking is None,
        fixed=matrix.is_fixed(found),
        reach=reach(),
        errors=errors or {},
    )


def _form(role_id: int | None, errors: Mapping[str, Any] | None = None) -> Response:
    """The dialog that names a role, new or not."""
    close_session()
    found = None if role_id is None else _role(role_id)
    kept = "" if found is None else found.name
    staff = [(r.id, _(r.name)) for r in queries.roles(session()) if r.face == "staff"]
    return render(
        "identity/role_new.html",
        422 if errors else 200,
        role=found,
        name=request.form.get("name", kept),
        like=request.values.get("like", ""),
        roles=staff,
        errors=errors or {},
    )


def _wanted(found: Role) -> matrix.Rights:
    return matrix.asked(found, request.form, request.form.getlist("fields"))


def _digest(rights: matrix.Rights) -> str:
    """What a role holds, as a form carries it until it is saved."""
    return orjson.dumps(
        [dict(rights.grants), sorted(rights.field_groups)], option=orjson.OPT_SORT_KEYS
    ).decode()


def _role(role_id: int) -> Role:
    found = session().get(Role, role_id)
    if found is None:
        raise NotFound
    return found
