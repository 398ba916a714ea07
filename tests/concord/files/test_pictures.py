"""Pictures are made anew from their pixels; what would take the house down is refused."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from concord.files import pictures
from concord.files.pictures import NotAPicture, TooManyPixels, reencoded

ORIENTATION, MAKER = 0x0112, 0x010F


def picture(size: tuple[int, int] = (40, 20), form: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def png_that_says(width: int, height: int) -> bytes:
    """A small file whose header speaks of a large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_a_picture_becomes_webp_of_the_size_asked_for(form: str) -> None:
    made = opened(reencoded(picture((400, 200), form), longest=100))
    assert (made.format, made.size) == ("WEBP", (100, 50))


def test_a_small_picture_is_not_made_larger() -> None:
    made = opened(reencoded(picture((40, 20)), longest=100, form="PNG"))
    assert (made.format, made.size) == ("PNG", (40, 20))


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "a camera with a place"
    made = opened(reencoded(picture((40, 20), "JPEG", exif=exif), longest=100))
    assert made.size == (20, 40)
    assert not made.getexif()
    assert b"a camera" not in reencoded(picture((40, 20), "JPEG", exif=exif), longest=100)


def test_what_hangs_behind_a_picture_does_not_go_on() -> None:
    """F05: a picture that is a script as well leaves as a picture only."""
    polyglot = picture(form="GIF") + b"*/=1;alert(document.domain)//<script>alert(1)</script>"
    assert b"alert" not in reencoded(polyglot, longest=100)


def test_a_moving_picture_stands_still() -> None:
    frames = [Image.new("RGB", (30, 30), (shade, 0, 0)) for shade in (0, 120, 240)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(opened(reencoded(out.getvalue(), longest=100)), "n_frames", 1) == 1


def test_glass_stays_clear() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(reencoded(out.getvalue(), longest=100, form="PNG")).getpixel((5, 5)) == (
        0,
        0,
        0,
        0,
    )


def test_a_picture_of_2500_million_pixels_is_refused_by_its_header() -> None:
    """F06."""
    with pytest.raises(TooManyPixels, match="too many pixels"):
        reencoded(png_that_says(50_000, 50_000), longest=100)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.4 1 0 obj",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        picture((300, 300), "JPEG")[:400],
        png_that_says(4000, 4000),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture, match="no picture"):
        reencoded(content, longest=100)


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    with pytest.raises(NotAPicture):
        reencoded(picture(), longest=100)
