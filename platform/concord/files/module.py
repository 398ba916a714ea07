"""What files add to the platform."""

from concord.files import resource, routes

ROUTES = (routes.routes, resource.routes)
