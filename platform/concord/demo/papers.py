"""Files for the story, small but real: documents, pictures of curves, tables."""

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 480, 240, 24
WHITE, GREY, BLUE = 0, 1, 2
PALETTE = bytes((255, 255, 255, 214, 219, 227, 45, 91, 212))


@dataclass(frozen=True, slots=True)
class Paper:
    """A file somebody attaches: its name and its content, by language."""

    en: str
    zh: str
    content: Callable[[str], bytes]


def document(en: str, zh: str, english: Sequence[str], chinese: Sequence[str]) -> Paper:
    """A page of text as PDF; its first line is the heading."""
    return Paper(en, zh, lambda language: _pdf(chinese if language == "zh" else english))


def curve(en: str, zh: str, values: Sequence[float]) -> Paper:
    """A measured curve as PNG; `values` lie between 0 and 1."""
    return Paper(en, zh, lambda _language: _png(values))


def table(en: str, zh: str, head: tuple[str, str], rows: Sequence[Sequence[object]]) -> Paper:
    """Readings as CSV; `head` is the first line in English and in Chinese."""

    def content(language: str) -> bytes:
        lines = [head[language == "zh"], *(",".join(map(str, row)) for row in rows)]
        # The mark tells spreadsheet programs that the text is UTF-8.
        return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()

    return Paper(en, zh, content)


LATIN_FONT = ("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",)
CHINESE_FONT = (
    """<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H
 /DescendantFonts [6 0 R] >>""",
    """<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R
 /W [1 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>""",
    """<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]
 /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 60 >>""",
)


def _pdf(lines: Sequence[str]) -> bytes:
    """One A4 page. Text outside Windows' Latin is set in a font that every reader brings along."""
    latin = all(_is_latin(line) for line in lines)
    text = _page(lines, "cp1252" if latin else "utf-16-be")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        """<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
 /Resources << /Font << /F1 5 0 R >> >> >>""",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        *(LATIN_FONT if latin else CHINESE_FONT),
    ]
    return _assembled([part.encode("ascii") for part in objects])


def _is_latin(line: str) -> bool:
    try:
        line.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _page(lines: Sequence[str], encoding: str) -> str:
    heading, *rest = (f"<{line.encode(encoding).hex()}> Tj" for line in lines)
    below = "".join(f"T* {line}\n" for line in rest)
    return f"BT /F1 18 Tf 64 760 Td {heading}\n/F1 11 Tf 0 -16 Td 20 TL\n{below}ET"


def _assembled(objects: Sequence[bytes]) -> bytes:
    found = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(found))
        found += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table_at, size = len(found), len(objects) + 1
    found += b"xref\n0 %d\n0000000000 65535 f \n" % size
    found += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    found += b"trailer << /Size %d /Root 1 0 R >>\n" % size
    return bytes(found + b"startxref\n%d\n%%%%EOF\n" % table_at)


def _png(values: Sequence[float]) -> bytes:
    """The curve on a grid, in three colours."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    rows = b"".join(b"\0" + bytes(row) for row in _drawn(values))
    parts = ((b"IHDR", header), (b"PLTE", PALETTE), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _drawn(values: Sequence[float]) -> list[bytearray]:
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    inner = HEIGHT - 2 * MARGIN
    for line in range(5):
        rows[MARGIN + inner * line // 4][MARGIN : WIDTH - MARGIN] = bytes(
            [GREY] * (WIDTH - 2 * MARGIN)
        )
    previous = None
    for x in range(MARGIN, WIDTH - MARGIN):
        share = (x - MARGIN) / (WIDTH - 2 * MARGIN - 1) * (len(values) - 1)
        left = min(int(share), len(values) - 2)
        value = values[left] + (values[left + 1] - values[left]) * (share - left)
        y = HEIGHT - MARGIN - round(value * inner)
        for point in range(min(y, previous or y) - 1, max(y, previous or y) + 1):
            rows[point][x] = BLUE
        previous = y
    return rows
