"""H10, C11: a mail that anybody sends costs the house little, whatever it is made of."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from concord.mail.incoming import LARGEST, Unreadable, parsed
from concord.mail.taking import Outcome
from concord.mail.words import as_text, new_words
from tests.concord.notifications.answering import answer_to, taken
from tests.concord.notifications.test_answering import newest, told_zhou
from tests.world import World, fingerprint

# Each of these took minutes, or would have: what a second parser of the language does not forgive.
BODIES = {
    "empty lines": "\n" * 100_000,
    "dashes": "-\n" * 50_000,
    "one long line": "On " * 33_000,
    "lines of headings": ("On " * 130 + "\n") * 250,
    "Chinese headings": "于 2026年" * 14_000,
    "quotations": "> " * 50_000,
    "signatures": "--x\n" * 25_000,
}
PAGES = {"breaks": "<br" * 300_000, "divisions": "<div " * 200_000, "depth": "<b>" * 300_000}
VALUES = (b'"', b"(", b"<", b"\\", b"a;", b"a@b,", b"=?utf-8?q?a?= ", b"x*0*='';")
HEADERS = (b"From", b"To", b"Message-ID", b"Content-Type", b"Content-Disposition", b"X-Loop")
MOST_SECONDS = 30


@contextmanager
def soon() -> Iterator[None]:
    """Counted in the work of this process, not by a clock that other work slows down."""
    began = time.process_time()
    yield
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize("body", BODIES)
def test_no_words_take_long_to_read(body: str) -> None:
    """C11: twenty kilobytes of empty lines once took a minute."""
    with soon():
        new_words(BODIES[body])


@pytest.mark.parametrize("page", PAGES)
def test_no_markup_takes_long_to_read(page: str) -> None:
    """C11."""
    with soon():
        new_words(as_text(PAGES[page]))


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_takes_long_to_read(header: bytes) -> None:
    """H10: neither one of a megabyte, which is refused unread, nor many just short enough."""
    for value in VALUES:
        for length, count in ((1_000_000, 1), (1_900, 10)):
            line = header + b": " + value * (length // len(value)) + b"\n"
            with soon():
                _readable(line * count + b"\nHello\n")


@pytest.mark.parametrize("depth", [100, 3000, 20_000])
def test_parts_in_parts_have_an_end(depth: int) -> None:
    """H10: the stack of the parser is not the one that finds it."""
    heads = (
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth)
    )
    with soon():
        assert _readable(b"".join(heads) + b"Content-Type: text/plain\n\nHello") is (depth < 200)


def _readable(raw: bytes) -> bool:
    """Whether it is a mail. Anything else than Unreadable would stop the errand that fetches."""
    assert len(raw) < LARGEST
    try:
        parsed(b"From: a@b.example\n" + raw, our_loop="x")
    except Unreadable:
        return False
    return True


def test_long_lines_and_gaps_are_somebodys_words(answering: World) -> None:
    """What bounds the work takes nothing away from an honest answer."""
    long = "Two batches are fine for us, if the first ships in December. " * 40
    body = (
        f"Dear Lin,\n\n\n\n{long}\nZhou\n\nOn Tue, 24 Nov 2026 at 10:00, Beacon wrote:\n> Hello\n"
    )
    assert (
        taken(answering, answer_to(answering, told_zhou(answering), "zhou", body)) is Outcome.POSTED
    )
    assert newest(answering)[0].body == f"Dear Lin,\n\n{long.strip()}\nZhou"


def test_a_hostile_answer_has_no_effect(answering: World) -> None:
    """H10: from the right person, to the right address."""
    answer = answer_to(answering, told_zhou(answering), "zhou", "Fine.").as_bytes()
    before = fingerprint(answering)
    for line in (
        b"Content-Type: " + b"(" * 1900,
        b"Message-ID: " + b"(" * 1900,
        b"To: " + b'"' * 5000,
    ):
        name = line.partition(b":")[0]
        kept = [one for one in answer.split(b"\n") if not one.startswith(name + b":")]
        assert taken(answering, line + b"\n" + b"\n".join(kept)) is not Outcome.POSTED
    assert fingerprint(answering) == before
