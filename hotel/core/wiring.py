"""Enters a copied component where the house keeps lists of its components: each line on the source once more."""

import re
from pathlib import Path

from hotel.core.blueprint import Naming

REGISTERS = (
    "config/settings/components.py",
    "config/database_rights.toml",
    "hotel/accounts/domain/role_matrix.py",
    "pyproject.toml",
    "tests/architecture/exempt.py",
    "tests/architecture/survey.py",
    "tests/matrix/policy.toml",
)
_ENTRY = re.compile(r'\s*"[^"]*"\s*(?P<is>[:=]?)')
_STRING = re.compile(r'"[^"]*"')
_CLOSED = re.compile(r"\s*[\])}],?")


def component_wire(*, root: Path, naming: Naming) -> list[str]:
    """Write the new name into the registers below ``root`` that know the old one.

    Returns:
        The files that were changed, as paths below the root.
    """
    changed = []
    for name in REGISTERS:
        path = root / name
        before = path.read_text() if path.exists() else ""
        after = wired(before, naming)
        if after != before:
            path.write_text(after)
            changed.append(name)
    return changed


def wired(text: str, naming: Naming) -> str:
    """A register with the new component beside the old one.

    Lines that are the source's alone, such as ``"loyalty.view" = [``, follow once more under the new name; in a list
    that names others too, such as ``files = ["hotel", "loyalty"]``, the new name stands behind the old one.
    """
    done: list[str] = []
    block: list[str] = []
    for line in text.splitlines(keepends=True):
        if _is_own(line, naming) or (block and _CLOSED.match(line) and _opens(block)):
            block.append(line)
            continue
        done += [*block, *map(naming.renamed, block), _beside(line, naming)]
        block = []
    return "".join([*done, *block, *map(naming.renamed, block)])


def _is_own(line: str, naming: Naming) -> bool:
    """Whether a line is an entry of the source: what stands first in it, or what its key is for."""
    entry = _ENTRY.match(line)
    if entry is None:
        return False
    is_pair, strings = bool(entry["is"]), _STRING.findall(line)
    if is_pair and len(strings) > 1 and strings[1].startswith(f'"{naming.source}.'):
        return True
    return (is_pair or len(strings) == 1) and _knows(strings[0], naming)


def _opens(block: list[str]) -> bool:
    """Whether a list was begun in the block and is open."""
    text = "".join(block)
    return any(text.count(begin) > text.count(end) for begin, end in ("[]", "{}", "()"))


def _knows(text: str, naming: Naming) -> bool:
    return naming.renamed(text) != text


def _beside(line: str, naming: Naming) -> str:
    """A line that names several components, the new one behind the old one."""

    def more(match: re.Match[str]) -> str:
        said = match[0]
        if not _knows(said, naming):
            return said
        if " | " in said:  # a layer of alternatives
            return re.sub(rf"\b{re.escape(naming.old)}\b", rf"\g<0> | {naming.new}", said)
        return f"{said}, {naming.renamed(said)}"

    return line if line.lstrip().startswith("#") else _STRING.sub(more, line)
