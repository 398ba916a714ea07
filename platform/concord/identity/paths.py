"""Where to go next: a path of our own, or nowhere."""

from urllib.parse import urlsplit

LONGEST = 2000


def own_path(wanted: str | None, default: str = "/") -> str:
    """`wanted` if it can only mean a page of this program, else `default`.

    Browsers read `//host` and `/\\host` as another host and drop tabs and line ends, so a path
    with any of these is refused rather than mended.
    """
    if not wanted or len(wanted) > LONGEST or not wanted.isprintable():
        return default
    if not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted:
        return default
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else wanted
