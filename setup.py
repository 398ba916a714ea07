"""Two import roots, platform/ and the repository, and the built front end inside the package."""

import shutil
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithStatic(build_py):
    """Puts static/build where an installed Concord looks for it: concord/static."""

    def run(self) -> None:
        super().run()
        built = ROOT / "static" / "build"
        if built.is_dir() and not self.editable_mode:
            shutil.copytree(built, Path(self.build_lib, "concord", "static"), dirs_exist_ok=True)


setup(
    package_dir={"concord": "platform/concord", "modules": "modules"},
    packages=find_packages("platform") + find_packages(".", include=["modules", "modules.*"]),
    py_modules=["wsgi"],
    cmdclass={"build_py": BuildWithStatic},
)
