"""What exports add to the platform, for its module."""

from concord.exports.making import MAKE, SWEEP
from concord.exports.permissions import ROLES, Exports
from concord.exports.routes import routes

ROUTES = (routes,)
JOBS = (MAKE,)
SCHEDULES = (SWEEP,)

__all__ = ["JOBS", "ROLES", "ROUTES", "SCHEDULES", "Exports"]
