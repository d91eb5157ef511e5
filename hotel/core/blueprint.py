"""Copies a component under a new name: package, templates, tests and factory, as a newcomer would by hand."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

_KEY = re.compile(r"""((?:Constraint|Index)\((?:[^()]|\([^()]*\))*?\bname=["'])(\w+)(["'])""", re.DOTALL)
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", "0*.py")
_TEXTS = {".py", ".html", ".txt", ".md", ".css", ".js", ".po", ".json", ".toml", ".yml"}
_LONGEST_KEY = 30


@dataclass(frozen=True)
class Naming:
    """From one dotted name to another, such as ``loyalty`` to ``spa`` or ``hotel.rooms`` to ``hotel.spa``."""

    source: str
    target: str

    @property
    def old(self) -> str:
        """The label of the source."""
        return self.source.rsplit(".", 1)[-1]

    @property
    def new(self) -> str:
        """The label of the target."""
        return self.target.rsplit(".", 1)[-1]

    def renamed(self, text: str) -> str:
        """The text with dotted names, labels, path words and CamelCase names replaced."""
        for old, new in (
            (self.source, self.target),
            (self.source.replace(".", "/"), self.target.replace(".", "/")),
            (self.old, self.new),
            (_camel(self.old), _camel(self.new)),
        ):
            text = re.sub(rf"(?<![A-Za-z]){re.escape(old)}(?![a-z])", new, text)
        return text

    def rekeyed(self, text: str) -> str:
        """Models with constraints and indexes named apart from the source's: their names are the database's."""

        def rename(match: re.Match[str]) -> str:
            name = match[2] if self.new in match[2] else f"{self.new}_{match[2]}"
            return f"{match[1]}{name[:_LONGEST_KEY].rstrip('_')}{match[3]}"

        return _KEY.sub(rename, text)


def _camel(label: str) -> str:
    return "".join(word.title() for word in label.split("_"))


def component_copy(*, root: Path, naming: Naming) -> list[Path]:
    """Copy a component below ``root``; migrations are left behind, because the copy makes its own.

    Returns:
        The folders and files made, ascending.

    Raises:
        FileNotFoundError: there is no such source.
        FileExistsError: something of the target is there already; nothing was copied.
    """
    source, target = naming.source.replace(".", "/"), naming.target.replace(".", "/")
    pairs = [
        (source, target),
        (f"tests/{source}", f"tests/{target}"),
        (f"templates/{naming.old}", f"templates/{naming.new}"),
        (f"templates/email/{naming.old}", f"templates/email/{naming.new}"),
        (f"tests/factories/{naming.old}.py", f"tests/factories/{naming.new}.py"),
    ]
    if not (root / source).is_dir():
        raise FileNotFoundError(f"There is no component {naming.source}.")
    if there := [new for _, new in pairs if (root / new).exists()]:
        raise FileExistsError(f"There already: {', '.join(there)}.")
    made = [_copied(root / old, root / new, naming) for old, new in pairs if (root / old).exists()]
    return sorted(made)


def _copied(old: Path, new: Path, naming: Naming) -> Path:
    if old.is_dir():
        shutil.copytree(old, new, ignore=_IGNORED)
    else:
        shutil.copy(old, new)
    # Deepest first, so that a folder is renamed after what it holds.
    for path in sorted(new.rglob("*"), reverse=True) if new.is_dir() else [new]:
        if path.is_file() and path.suffix in _TEXTS:
            text = naming.renamed(path.read_text())
            path.write_text(naming.rekeyed(text) if "models" in path.parts else text)
        renamed = naming.renamed(path.name)
        if path != new and renamed != path.name:
            path.rename(path.with_name(renamed))
    return new


def lines_to_add(naming: Naming) -> list[tuple[str, str]]:
    """(file, line) of what a new component needs elsewhere; the architecture tests ask for each of them."""
    top = naming.target.split(".")[0]
    project = "pyproject.toml"
    lines = [
        ("config/settings/components.py", f'COMPONENTS: "{naming.target}", on its floor'),
        (project, f'importlinter, contract "rooms": containers += "{naming.target}"'),
    ]
    if top == "hotel":
        return [
            *lines,
            (project, f'importlinter, contract "hotel": layers += "({naming.new})", on its floor'),
        ]
    return [
        *lines,
        (project, f'importlinter: root_packages += "{top}"'),
        (project, f'importlinter, contract "storeys": the second layer += " | {top}"'),
        (project, f'importlinter, contract "pure": source_modules += "{top}.domain"'),
        (project, f'coverage: source += "{top}"; mypy: files += "{top}"'),
    ]
