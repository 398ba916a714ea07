"""What people outside may do in the portal itself; each module names its own beside."""

from enum import StrEnum


class Portal(StrEnum):
    READ = "portal:page:read"
