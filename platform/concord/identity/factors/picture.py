"""The square that an app scans, as SVG without styles of its own."""

from markupsafe import Markup


def square(text: str) -> Markup:
    """Black on white in either theme: apps do not read it the other way round."""
    # It takes four megabytes; only who sets up an app needs it.
    import segno

    drawn = segno.make(text, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass="square", lineclass=None,
        omitsize=True, title=None,
    )  # fmt: skip
    return Markup(drawn)  # noqa: S704  drawn by us, from numbers
