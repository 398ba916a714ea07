"""What people may do on timelines. Who sees a record may read its timeline."""

from enum import StrEnum


class Timeline(StrEnum):
    POST = "timeline:entry:write"
    MODERATE = "timeline:entry:moderate"
