"""The audit on the screen: searched, read, carried out."""

from typing import Any

from flask import Response as Streamed
from flask import request
from werkzeug.wrappers import Response

from concord.audit import asking, export, wording
from concord.audit.permissions import Audit
from concord.audit.showing import lines
from concord.audit.writing import note
from concord.errors import NotFound
from concord.identity import queries as people
from concord.installation import current_installation
from concord.web.pages import render
from concord.web.request import actor, is_fragment, session
from concord.web.routing import Routes

routes = Routes("audit", __name__)


@routes.get("/settings/audit", permission=Audit.READ)
def index() -> Response:
    asked = asking.Asked.of(request.args)
    cursor = request.args.get("cursor")
    found = asking.found(session(), actor(), asked, cursor)
    shown: dict[str, Any] = {
        "asked": asked,
        "lines": lines(session(), actor(), found.items),
        "more": f"/settings/audit{asked.query(cursor=found.next)}" if found.next else None,
    }
    if is_fragment():
        return render("audit/rows.html" if cursor else "audit/found.html", **shown)
    return render(
        "audit/index.html",
        **shown,
        people=people.staff_names(session(), also=asked.who),
        actions=[(name, wording.action(name)) for name in wording.ACTIONS],
        tables=list(wording.tables().items()),
        may_export=actor().may(Audit.EXPORT),
    )


@routes.post("/settings/audit/export", permission=Audit.EXPORT)
def carry_out() -> Response:
    """What was asked for, as a file; that it was carried out is kept in the audit itself."""
    form = request.form.get("format", "csv")
    if form not in export.FORMATS:
        raise NotFound
    asked = asking.Asked.of(request.form)
    changes = {"format": form, "filters": asked.given}
    note(session(), actor(), "exported", table="concord_audit", changes=changes)
    database = current_installation().database
    answer = Streamed(
        export.written(database, asked, actor().timezone, form), mimetype=export.FORMATS[form]
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="audit.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
