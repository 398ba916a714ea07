"""The portal's own pages: home, conversation, files. Modules bring theirs on their own routes."""

from flask import request
from werkzeug.wrappers import Response

from concord.errors import NotFound
from concord.files.queries import shared_with
from concord.portal.conversation import company_of, conversation, latest
from concord.portal.home import BESIDE, blocks, greeting, what_waits
from concord.portal.permissions import Portal
from concord.portal.view import page
from concord.web.request import actor, session
from concord.web.routing import OUTSIDE, Routes

FILES_ON_HOME = 4

routes = Routes("portal", __name__, url_prefix="/portal")


@routes.get("/", permission=Portal.READ, faces=OUTSIDE)
def home() -> Response:
    company = company_of(session(), actor())
    found = blocks(session(), actor())
    return page(
        "portal/home.html",
        greeting=greeting(actor()),
        summary=what_waits(sum(block.waiting for block in found)),
        main=[block for block in found if block.order < BESIDE],
        beside=[block for block in found if block.order >= BESIDE],
        talk=latest(session(), actor(), company) if company else None,
        files=shared_with(session(), actor(), limit=FILES_ON_HOME),
    )


@routes.get("/conversation", permission=Portal.READ, faces=OUTSIDE)
def talk() -> Response:
    company = company_of(session(), actor())
    if company is None:
        raise NotFound
    found = conversation(session(), actor(), company, request.path, request.args)
    return page(
        "portal/conversation.html",
        record=found.record,
        stream=found.stream,
        composer=found.composer,
    )


@routes.get("/files", permission=Portal.READ, faces=OUTSIDE)
def files() -> Response:
    found = shared_with(session(), actor(), cursor=request.args.get("cursor"))
    return page("portal/files.html", files=found.items, next=found.next)
