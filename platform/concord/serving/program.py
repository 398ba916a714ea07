"""What a serving process runs, and how it ends."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Program:
    """A WSGI program with what lives beside it in its process.

    `farewell` closes the sockets when the process is asked to end: each would hold it up until
    the grace period is over. `ends` run last, in this order.
    """

    wsgi: Callable[..., Any]
    farewell: Callable[[], None] = lambda: None
    ends: list[Callable[[], None]] = field(default_factory=list)

    def end(self) -> None:
        for end in self.ends:
            end()


def keep_what_is_loaded() -> None:
    """What is loaded stays: the collector's rounds over it are the longest pauses there are.

    Nothing is collected here: that would touch, and so copy, what a process shares with its parent.
    """
    gc.freeze()
