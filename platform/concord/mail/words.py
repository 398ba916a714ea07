"""The new words of an answer: without what is quoted below them, and without a signature.

Anybody may send a mail, and what finds the quotation needs far more time than a mail has letters
where its lines are long or empty: it is shown a mail of bounded length, without either.
"""

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from mailparser_reply import EmailReplyParser

LANGUAGES = ["en", "zh", "de", "fr", "es", "ja"]
# Beginnings of what is quoted that the parser does not know: 写道, 原始邮件, a signature's dashes.
QUOTED = re.compile(
    r"^(?:.*写道\s*[:：]\s*|--\s*"
    r"|[-— \t]*(?:原始邮件|邮件原件|转发邮件|Original Message)[-— \t]*)$",
    re.MULTILINE,
)
# What a mail program writes above the quotation may break its line before its last word.
ATTRIBUTION = re.compile(r"^.*于\s*\d{4}年.*(?:\n.*)?写道\s*[:：]\s*$", re.MULTILINE)
BREAK = re.compile(r"<(?:br\b|/p>|/div>|/li>|/tr>|/h\d>)[^<>]*>", re.IGNORECASE)
QUOTATION = re.compile(
    r"<(?:blockquote\b|div[^<>]+(?:gmail_quote|id=\"appendonsend\"|id=\"divRplyFwdMsg\"))",
    re.IGNORECASE,
)
BLANK = re.compile(r"\n(?:[^\S\n]*\n){2,}")
SET_ASIDE = re.compile("\x00(\\d+)\x00")
LONGEST_READ = 100_000
# A heading above a quotation is shorter; a longer line is somebody's words.
LONGEST_LINE = 400


def new_words(text: str) -> str:
    """What somebody wrote above the mail that they answer."""
    text = text[:LONGEST_READ].replace("\r\n", "\n").replace("\x00", "")
    aside: list[str] = []
    short = "\n".join(_shortened(line, aside) for line in BLANK.sub("\n\n", text).split("\n"))
    return SET_ASIDE.sub(lambda found: aside[int(found[1])], _above_the_quotation(short)).strip()


def _shortened(line: str, aside: list[str]) -> str:
    """The line, or the number of a place where it is kept."""
    line = line.rstrip()
    if len(line) <= LONGEST_LINE:
        return line
    aside.append(line)
    return f"\x00{len(aside) - 1}\x00"


def _above_the_quotation(text: str) -> str:
    for pattern in (ATTRIBUTION, QUOTED):
        end = pattern.search(text)
        text = text if end is None else text[: end.start()]
    lines = _parser().parse_reply(text=text) or ""
    kept = "\n".join(line.rstrip() for line in lines.splitlines() if not line.startswith(">"))
    return BLANK.sub("\n\n", kept)


def as_text(html: str) -> str:
    """The words of a mail that has no plain text, up to where it quotes."""
    html = html[: 5 * LONGEST_READ]
    quotation = QUOTATION.search(html)
    shown = html[: quotation.start()] if quotation else html
    broken = BREAK.sub("\n", shown)
    return unescape(nh3.clean(broken, tags=set(), clean_content_tags={"script", "style", "title"}))


@cache
def _parser() -> "EmailReplyParser":
    # Only a process that takes mail pays for it.
    from mailparser_reply import EmailReplyParser

    return EmailReplyParser(languages=LANGUAGES)
