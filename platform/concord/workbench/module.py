"""What the workbench itself brings to the platform."""

from flask_babel import lazy_gettext as _l

from concord.slots import NavItem, WorkbenchBlock
from concord.workbench.permissions import Workbench
from concord.workbench.queries import news
from concord.workbench.routes import routes

NAV = NavItem(
    label=_l("Workbench"),
    endpoint="workbench.home",
    permission=Workbench.READ,
    icon="house",
    section="",
    order=10,
    phone=True,
)
NEWS = WorkbenchBlock(
    name="news",
    template="workbench/news.html",
    load=news,
    permission=Workbench.READ,
    place="aside",
    order=10,
    topic="inbox",
)

__all__ = ["NAV", "NEWS", "Workbench", "routes"]
