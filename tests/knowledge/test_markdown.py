"""D01 and D02: whatever people write, the page stays safe, and what they meant still shows."""

import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.web.markdown import ATTRIBUTES, TAGS, read_markdown, render_markdown, render_text

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    '<math href="javascript:alert(1)">CLICK</math>',
    "<iframe src=javascript:alert(1)></iframe>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<details open ontoggle=alert(1)>",
    "<style>@import 'http://evil/';</style>",
    "<base href=//evil>",
    '<meta http-equiv="refresh" content="0;url=//evil">',
    '<a href="javascript:alert(1)">x</a>',
    '<div hx-get="/logout" hx-trigger="load">x</div>',
    "<b style='position:fixed;inset:0'>x</b>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<table><td background=javascript:alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<p title=`<img src=x onerror=alert(1)>`>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](//evil)",
    "[x](/\\evil)",
    "[x](\\\\evil)",
    "[x](<//evil>)",
    "[x](&#47;&#47;evil)",
    "[x](https://ok 'a\" onmouseover=alert(1)')",
    '[x](https://ok/"onmouseover=alert(1))',
    "![x](javascript:alert(1))",
    "![x](http://evil/pixel.png)",
    "![x](//evil/pixel.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    '![x" onerror="alert(1)](/files/1)',
    '<https://ok" onclick=alert(1)>',
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[x][a]",
    "```html\n<script>alert(1)</script>\n```",
    "`<img src=x onerror=alert(1)>`",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "> <script>alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "**<img src=x onerror=alert(1)>**",
    'https://ok/"><img src=x onerror=alert(1)>',
    "https://ok/'onmouseover='alert(1)",
    "\u202ejavascript:alert(1)",
    "[x](\x01javascript:alert(1))",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<a/href=&#1;javascript:alert(1)>x",
    "&lt;img src=x onerror=alert(1)&gt;",
    "[![x](http://evil/a)](javascript:alert(1))",
]
GLOBAL = {"class", "rel"}


class Checked(HTMLParser):
    """Fails for any tag, attribute or address outside the allow-list."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attributes:
            assert name in ATTRIBUTES.get(tag, set()) | GLOBAL, (tag, name)
            if name == "href":
                self._check_address(value or "")
            if name == "src":
                assert (value or "").startswith("/")
                assert not (value or "").startswith(("//", "/\\"))

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")

    def _check_address(self, address: str) -> None:
        parts = urlsplit(address)
        assert parts.scheme in ("", "http", "https", "mailto"), address
        assert parts.scheme or not parts.netloc, address
        assert not address.lstrip().startswith(("//", "\\", "/\\")), address


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("render", [render_markdown, render_text])
def test_nothing_dangerous_comes_out(attack: str, render: object) -> None:
    html = render(attack)  # type: ignore[operator]
    Checked(html)
    assert "<script" not in html
    assert "<img src=x" not in html


@given(st.text(alphabet="<>\"'&/\\:()[]!*_`#|-=\n\t ajsvcriptonelh\x00\u202e图", max_size=120))
def test_nothing_dangerous_comes_out_of_anything(text: str) -> None:
    Checked(render_markdown(text))
    Checked(render_text(text))


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000, "*a **a " * 8_000, "![[" * 15_000, "> " * 20_000, "a**" * 20_000,
     "|a" * 20_000 + "\n" + "|-" * 20_000, "`" * 50_000, "<" * 50_000, "**" * 25_000,
     "[a](<" * 10_000, "&#" * 25_000, "https://" * 8_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    render_markdown(text)
    render_text(text)
    assert time.process_time() - begun < 5


def test_what_people_mean_shows() -> None:
    html = render_markdown(
        "## Do\n\n1. **Loosen** the screw\n2. See [more](/knowledge/7)\n\n~~old~~"
    )
    assert '<h2 id="section-1">Do</h2>' in html
    assert "<strong>Loosen</strong>" in html
    assert '<a href="/knowledge/7" rel="noopener noreferrer">more</a>' in html
    assert "<s>old</s>" in html


def test_headings_follow_one_another_below_the_page_s_title() -> None:
    document = read_markdown("# One\n\n#### Two *of* it\n\n# Three")
    assert [(h.level, h.text) for h in document.headings] == [
        (2, "One"),
        (3, "Two of it"),
        (2, "Three"),
    ]
    assert all(f'id="{heading.anchor}"' in document.html for heading in document.headings)


def test_tables_keep_their_numbers_right_without_inline_styles() -> None:
    html = render_markdown("| Part | Price |\n|---|--:|\n| HX | 12 |")
    assert '<th class="r">Price</th>' in html
    assert "style" not in html


def test_pictures_are_ours_or_only_described() -> None:
    html = render_markdown("![ours](/files/3) ![theirs](https://elsewhere.example/a.png)")
    assert '<img src="/files/3" alt="ours">' in html
    assert html.count("<img") == 1
    assert "theirs" in html


def test_an_entry_keeps_its_lines_its_bold_words_and_its_addresses() -> None:
    html = render_text("Call **Zhou Min**\nSee https://beacon.example/a?b=1&c=2.\n1 < 2")
    assert "<strong>Zhou Min</strong><br>\n" in html
    assert '<a href="https://beacon.example/a?b=1&amp;c=2" rel="noopener noreferrer">' in html
    assert "</a>.<br>" in html
    assert "1 &lt; 2" in html


def test_chinese_punctuation_ends_an_address() -> None:
    html = render_text("请看https://beacon.example/帮助，谢谢。")
    assert 'href="https://beacon.example/帮助"' in html
    assert "</a>，谢谢。" in html
