"""The address at the foot of every mail: looking changes nothing, the button does."""

from flask import request
from werkzeug.wrappers import Response

from concord.errors import NotFound
from concord.installation import current_installation
from concord.notifications.routes import routes
from concord.notifications.unsubscribing import DIGEST, Leaving, leave, read_token
from concord.web.csrf import ONE_CLICK
from concord.web.pages import render
from concord.web.request import session
from concord.web.routing import EVERYBODY, PUBLIC

ADDRESS = "/mail/unsubscribe/<token>"


@routes.get(ADDRESS, permission=PUBLIC, faces=EVERYBODY)
def unsubscribing(token: str) -> Response:
    return _page(_leaving(token), done=False)


@routes.post(ADDRESS, permission=PUBLIC, faces=EVERYBODY)
def unsubscribe(token: str) -> Response:
    """By the button, or by a mail program that sends just `List-Unsubscribe=One-Click`."""
    leaving = _leaving(token)
    leave(session(), leaving)
    return _page(leaving, done=True)


# Whoever has the address may use it: it is its own proof, and mail programs send no token of ours.
ONE_CLICK.add(f"{routes.name}.{unsubscribe.__name__}")


def _leaving(token: str) -> Leaving:
    found = read_token(session(), token)
    if found is None:
        raise NotFound
    return found


def _page(leaving: Leaving, *, done: bool) -> Response:
    known = [current_installation().topics.get(key) for key in leaving.topics]
    return render(
        "notifications/unsubscribe.html",
        topics=[topic.label for topic in known if topic is not None],
        digest=leaving.topics == [DIGEST],
        done=done,
        address=request.path,
    )
