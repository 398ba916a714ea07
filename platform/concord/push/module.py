"""What web push adds to the platform, for its module."""

from concord.push.routes import routes
from concord.push.sending import PUSH_WAITING

ROUTES = (routes,)
JOBS = (PUSH_WAITING,)

__all__ = ["JOBS", "ROUTES"]
