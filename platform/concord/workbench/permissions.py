"""Who has a workbench."""

from enum import StrEnum


class Workbench(StrEnum):
    READ = "workbench:page:read"
