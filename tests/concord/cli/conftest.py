"""The `concord` command, run in this process as if typed."""

import io
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from concord import installation
from concord.cli.main import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and how it ended."""

    code: int
    said: str
    complained: str


Command = Callable[..., Answer]


@pytest.fixture
def concord(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Type a command; its data folder is the test's own."""
    monkeypatch.setenv("CONCORD_DATA_DIR", str(tmp_path / "data"))
    root = logging.getLogger()
    handlers, level, default = root.handlers[:], root.level, installation._default[:]

    def type_(*words: str, stdin: str = "", **environment: str) -> Answer:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["concord", *words])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            for name, value in environment.items():
                patch.setenv(name, value)
            capsys.readouterr()
            try:
                main()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
            heard = capsys.readouterr()
        return Answer(code, heard.out, heard.err)

    yield type_
    root.handlers[:], root.level, installation._default[:] = handlers, level, default
    structlog.reset_defaults()


@pytest.fixture
def migrated(concord: Command) -> Command:
    """The command, with a database that is ready."""
    assert concord("migrate").code == 0
    return concord
