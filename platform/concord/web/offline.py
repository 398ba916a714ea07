"""Rendering outside of any request: mails and pushes, with the addresses of our own pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from concord.actors import Actor
from concord.installation import current_installation


@contextmanager
def as_seen_by(actor: Actor) -> Iterator[None]:
    """Inside the block templates, sentences and `url_for` speak as on `actor`'s own pages."""
    installation = current_installation()
    with installation.app.test_request_context(base_url=installation.settings.base_url):
        g.actor = actor
        yield


def absolute(path: str) -> str:
    """A path of ours as it is written in a mail: under the configured address."""
    return current_installation().settings.base_url.rstrip("/") + path
