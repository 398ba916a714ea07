"""The logo, and the days that are not as their weekday says."""

from datetime import date, time

from sqlalchemy import Date, LargeBinary, Time
from sqlalchemy.orm import Mapped, mapped_column

from concord.database.base import BigId, Model


class Logo(Model):
    """The one picture of the organisation, a PNG; `digest` names it in addresses."""

    __tablename__ = "concord_logos"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class CalendarDay(Model):
    """A holiday, or a day on which one works, from when to when, whatever its weekday says."""

    __tablename__ = "concord_calendar_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    name: Mapped[str]
    begins: Mapped[time | None] = mapped_column(Time)
    ends: Mapped[time | None] = mapped_column(Time)

    @property
    def is_working(self) -> bool:
        return self.begins is not None
