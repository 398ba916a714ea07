"""The folder platform/ must never hide the standard library's platform."""

import platform
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_folder_is_not_a_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_the_standard_library_answers() -> None:
    assert Path(platform.__file__).is_relative_to(sysconfig.get_path("stdlib"))
