"""A module that reads otherwise than its file, in this process and in those that it starts."""

import os
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType


def read_otherwise(file: str, text: str) -> None:
    """Let this process import the text instead of what the file holds."""
    ordinary = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        if os.path.realpath(self.path) != file:
            return ordinary(self, fullname)
        return self.source_to_code(text.encode(), self.path)

    SourceFileLoader.get_code = get_code


def read_otherwise_below(folder: Path, file: str, text: str) -> None:
    """The same for every Python that this process starts: each begins with a module of this name.

    Args:
        folder: an empty one of this process.
        file: as above.
        text: as above.
    """
    first = f"from tests.mutants.otherwise import read_otherwise\nread_otherwise({file!r}, {text!r})\n"
    (folder / "sitecustomize.py").write_text(first)
    os.environ["PYTHONPATH"] = f"{folder}{os.pathsep}{os.environ['PYTHONPATH']}"
