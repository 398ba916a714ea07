"""What people may do with the program's own work."""

from enum import StrEnum


class Jobs(StrEnum):
    READ = "jobs:job:read"
    MANAGE = "jobs:job:manage"
