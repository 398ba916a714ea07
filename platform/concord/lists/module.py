"""What lists add to the platform."""

from concord.lists import columns, filtering, routes, view_routes
from concord.lists.permissions import GRANTS, Lists
from concord.lists.resource import COLLECTION

ROUTES = (routes.routes, filtering.routes, columns.routes, view_routes.routes)
PERMISSIONS = (Lists,)
COLLECTIONS = (COLLECTION,)

__all__ = ["COLLECTIONS", "GRANTS", "PERMISSIONS", "ROUTES"]
