"""What people write, as safe HTML: Markdown for articles, plain text with links for entries."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

TAGS = frozenset(
    {
        "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img",
        "li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "h2": {"id"},
    "h3": {"id"},
}
SCHEMES = {"http", "https", "mailto"}
# The page's title is its h1: the highest heading of a text becomes an h2.
HIGHEST, LOWEST = 2, 6
# One slash, then neither a slash nor a backslash: browsers read both as another host.
OWN_PATH = re.compile(r"/(?![/\\])")
OTHER_HOST = re.compile(r"[\s\x00-\x1f]*[/\\]{2}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: where a link finds it, and its words."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered text and the headings in it, for a table of contents."""

    html: Markup
    headings: Sequence[Heading]


def read_markdown(text: str) -> Document:
    """`text` (CommonMark with tables) rendered; raw HTML in it stays text."""
    tokens = _PARSER.parse(text)
    _keep_own_pictures(tokens)
    _align_by_class(tokens)
    headings = _number_headings(tokens)
    rendered = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return Document(Markup(_CLEANER.clean(rendered)), headings)  # noqa: S704


def render_markdown(text: str) -> Markup:
    return read_markdown(text).html


def render_text(text: str) -> Markup:
    """Plain text as people write it in a hurry: lines, addresses and **bold**, nothing else."""
    parts: list[Markup] = []
    position = 0
    for found in INLINE.finditer(text):
        parts.append(escape(text[position : found.start()]))
        parts.append(_INLINE_KINDS[found.lastgroup or ""](found[0]))
        position = found.end()
    parts.append(escape(text[position:]))
    return Markup("").join(parts).strip().replace("\n", Markup("<br>\n"))


def unmarked(text: str) -> str:
    """The words of `render_text` where nothing can be bold: without the marks."""
    return INLINE.sub(lambda found: found[0][2:-2] if found["bold"] else found[0], text)


def _number_headings(tokens: Sequence[Token]) -> list[Heading]:
    """Bring the headings into the page's order and give those of the upper two levels an anchor."""
    opened = [(index, token) for index, token in enumerate(tokens) if token.type == "heading_open"]
    ranks = sorted({token.tag for _, token in opened})
    found: list[Heading] = []
    for index, token in opened:
        level = min(HIGHEST + ranks.index(token.tag), LOWEST)
        token.tag = tokens[index + 2].tag = f"h{level}"
        if level <= HIGHEST + 1:
            heading = Heading(f"section-{len(found) + 1}", _words(tokens[index + 1]), level)
            token.attrSet("id", heading.anchor)
            found.append(heading)
    return found


def _words(token: Token) -> str:
    return "".join(child.content for child in token.children or () if child.type != "image")


def _align_by_class(tokens: Sequence[Token]) -> None:
    """Right-aligned columns by class: inline styles are forbidden."""
    for token in tokens:
        style = str(token.attrs.pop("style", "")) if token.type in ("td_open", "th_open") else ""
        if style.endswith("right"):
            token.attrSet("class", "r")


def _keep_own_pictures(tokens: Sequence[Token]) -> None:
    """A picture from elsewhere would tell its server who reads: its description stays."""
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "image" and not OWN_PATH.match(str(child.attrs.get("src", ""))):
            child.type, child.tag = "text", ""


def _allowed(tag: str, name: str, value: str) -> str | None:
    """Links stay on the web or on this site, pictures on this site."""
    if name == "src":
        return value if OWN_PATH.match(value) else None
    if name == "href" and OTHER_HOST.match(value):
        return None
    return value


def _link(address: str) -> Markup:
    shown = address.rstrip(".,;:!?'\")]")
    link = Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(shown)
    return link + address[len(shown) :]


def _bold(marked: str) -> Markup:
    return Markup("<strong>{}</strong>").format(marked[2:-2])


INLINE = re.compile(
    r"(?P<link>https?://[^\s<>\"`，。；：！？、（）【】《》“”]+)|(?P<bold>\*\*[^\s*](?:[^*\n]{0,400}[^\s*])?\*\*)"
)
_INLINE_KINDS: dict[str, Callable[[str], Markup]] = {"link": _link, "bold": _bold}
_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    allowed_classes={"td": {"r"}, "th": {"r"}},
    attribute_filter=_allowed,
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
)
