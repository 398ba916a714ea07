"""Where the routes of companies and contacts are collected."""

from concord.web.routing import Routes

routes = Routes("crm", __name__)
