"""Copies a component under a new name: package, facts, templates, tests and factory, as a newcomer would by hand."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_KEY = re.compile(r"""((Constraint|Index)\((?:[^()]|\([^()]*\))*?\bname=["'])(\w+)(["'])""", re.DOTALL)
_UNIQUE = re.compile(r"^class ([A-Z]\w*)\(", re.MULTILINE)
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc")
_TEXTS = {".py", ".html", ".txt", ".md", ".css", ".js", ".po", ".json", ".toml", ".yml", ".sql"}
_LONGEST_INDEX = 30  # Django's limit; constraints may be as long as PostgreSQL's names


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

    @property
    def tests(self) -> str:
        """The folder of the target's tests."""
        return f"tests/{self.target.replace('.', '/')}"

    @property
    def camel(self) -> str:
        """What class names of the target begin with."""
        return _camel(self.new)

    def renamed(self, text: str) -> str:
        """The text with dotted names, labels, path words, CamelCase names and names of tables replaced."""
        for old, new in (
            (self.source, self.target),
            (self.source.replace(".", "/"), self.target.replace(".", "/")),
            (self.old, self.new),
            (_camel(self.old), self.camel),
        ):
            text = re.sub(rf"(?<![A-Za-z]){re.escape(old)}(?![a-z])", new, text)
        # ``loyalty_loyaltymember`` and ``loyalty.loyaltymember`` are LoyaltyMember to the database and to Django.
        model = re.escape(self.old.replace("_", ""))
        return re.sub(rf"(?<=[_./\"']){model}(?=[a-z])", self.new.replace("_", ""), text)

    def rekeyed(self, text: str) -> str:
        """Models with constraints and indexes named apart from the source's: their names are the database's."""

        def rename(match: re.Match[str]) -> str:
            name = match[3] if self.new in match[3] else f"{self.new}_{match[3]}"
            if match[2] == "Index":
                name = name[:_LONGEST_INDEX].rstrip("_")
            return f"{match[1]}{name}{match[4]}"

        return _KEY.sub(rename, text)


def _camel(label: str) -> str:
    return "".join(word.title() for word in label.split("_"))


def component_copy(*, root: Path, naming: Naming) -> list[Path]:
    """Copy a component below ``root``.

    Facts and classes of the API are named apart as well: topics and names in its description are the whole house's.

    Returns:
        The folders and files made, ascending.

    Raises:
        FileNotFoundError: there is no such source.
        FileExistsError: something of the target is there already; nothing was copied.
    """
    source, target = naming.source.replace(".", "/"), naming.target.replace(".", "/")
    pairs = [
        (source, target),
        (f"hotel/contracts/{naming.old}.py", f"hotel/contracts/{naming.new}.py"),
        (f"tests/{source}", naming.tests),
        (f"templates/{naming.old}", f"templates/{naming.new}"),
        (f"templates/email/{naming.old}", f"templates/email/{naming.new}"),
        (f"tests/factories/{naming.old}.py", f"tests/factories/{naming.new}.py"),
    ]
    if not (root / source).is_dir():
        raise FileNotFoundError(f"There is no component {naming.source}.")
    if there := [new for _, new in pairs if (root / new).exists()]:
        raise FileExistsError(f"There already: {', '.join(there)}.")
    made = [_copied(root / old, root / new, naming) for old, new in pairs if (root / old).exists()]
    _unique_rename(made, naming)
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
            has_keys = {"models", "migrations"} & set(path.parts)
            path.write_text(naming.rekeyed(text) if has_keys else text)
        renamed = naming.renamed(path.name)
        if path != new and renamed != path.name:
            path.rename(path.with_name(renamed))
    return new


def _unique_rename(made: list[Path], naming: Naming) -> None:
    """Give facts and what the API is described by names that begin with the copy's own."""
    texts = {path: path.read_text() for path in _files(made) if path.suffix == ".py"}
    names = {
        name
        for path, text in texts.items()
        for name in _UNIQUE.findall(text)
        if not name.startswith(naming.camel) and {"api", "contracts"} & set(path.parts)
    }
    if names:
        word = re.compile(rf"\b({'|'.join(sorted(names))})\b")
        for path, text in texts.items():
            path.write_text(word.sub(rf"{naming.camel}\1", text))


def _files(made: list[Path]) -> Iterator[Path]:
    for path in made:
        yield from path.rglob("*") if path.is_dir() else [path]
