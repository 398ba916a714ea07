"""Whose word about address and scheme is taken: that of the proxies there are, of nobody else."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from concord.settings import Settings


def believe_proxies(app: Flask, settings: Settings) -> None:
    """Look at the forwarded headers before anything that was put before `app` until now."""
    hops = settings.proxy_hops
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
