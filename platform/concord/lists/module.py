"""What lists add to the platform."""

from concord.lists import columns, filtering, routes, view_routes
from concord.lists.permissions import GRANTS, Lists

ROUTES = (routes.routes, filtering.routes, columns.routes, view_routes.routes)
PERMISSIONS = (Lists,)

__all__ = ["GRANTS", "PERMISSIONS", "ROUTES"]
