"""Run as a program by `pictures.py`: a picture comes in, its pixels go out, and nothing else.

It imports nothing of ours: it is alone with what somebody sent. Ends with 3 for too many pixels.
"""

import io
import resource
import sys

# Before the decoders are loaded: what they take is taken from this.
resource.setrlimit(resource.RLIMIT_AS, (1024 * 1024 * 1024,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

from PIL import Image, ImageOps  # noqa: E402

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
# A camera's 50 million, and no more; the header says it before a pixel is read.
MOST_PIXELS = 50_000_000
QUALITY = 82
NO_PICTURE, TOO_MANY = 2, 3


def painted(content: bytes, longest: int, form: str) -> bytes:
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            sys.exit(TOO_MANY)
        # A JPEG can be read at a half, a quarter, an eighth of its size.
        picture.draft(None, (longest, longest))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    # A new picture, so that nothing the old one said of itself is written.
    pixels = Image.new(plain.mode, plain.size)
    pixels.paste(plain)
    out = io.BytesIO()
    pixels.save(out, form, quality=QUALITY)
    return out.getvalue()


if __name__ == "__main__":
    try:
        result = painted(sys.stdin.buffer.read(), int(sys.argv[1]), sys.argv[2])
    except Exception as error:
        print(type(error).__name__, error, file=sys.stderr)
        sys.exit(NO_PICTURE)
    sys.stdout.buffer.write(result)
