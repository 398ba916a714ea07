"""Sheets as files. Text never becomes a formula, whoever wrote it."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, Any

# Some characters have no place in XML.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
WIDEST, NARROWEST = 60, 10


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def content_type(self) -> str:
        return {
            Format.CSV: "text/csv; charset=utf-8",
            Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }[self]


def write(
    file: IO[bytes], chosen: Format, name: str, heads: Sequence[str], rows: Iterable[list[Any]]
) -> int:
    """Write a sheet; gives the number of rows. What is written is not kept in memory."""
    return (_write_csv if chosen is Format.CSV else _write_xlsx)(file, name, heads, rows)


def _write_csv(file: IO[bytes], _name: str, heads: Sequence[str], rows: Iterable[list[Any]]) -> int:
    """UTF-8 with a mark at its beginning, by which spreadsheets know it."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer, count = csv.writer(text), 0
    writer.writerow([_as_text(head) for head in heads])
    for row in rows:
        writer.writerow([_as_text(value) for value in row])
        count += 1
    text.detach()
    return count


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if not isinstance(value, str):
        return str(value)
    text = UNSTORABLE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_xlsx(file: IO[bytes], name: str, heads: Sequence[str], rows: Iterable[list[Any]]) -> int:
    # Reading and writing workbooks costs 30 MB, which only who exports pays.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "Sheet")
    for place, head in enumerate(heads, 1):
        width = min(max(len(head) + 4, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"

    def cell(value: Any) -> Any:
        made = WriteOnlyCell(sheet, None)
        if isinstance(value, str):
            made.value = UNSTORABLE.sub("", value)[:LONGEST_CELL]
            # A text that begins with "=" would be taken for a formula.
            made.data_type = "s"
        elif value is not None:
            made.value = value
            if isinstance(value, date):
                made.number_format = MOMENT if isinstance(value, datetime) else DAY
        return made

    first = [cell(head) for head in heads]
    for made in first:
        made.font = Font(bold=True)
    sheet.append(first)
    count = 0
    for row in rows:
        sheet.append([cell(value) for value in row])
        count += 1
    book.save(file)
    return count
