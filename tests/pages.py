"""The worked tables of docs/algorithms, read so that tests reproduce what the pages say."""

from pathlib import Path

PAGES = Path(__file__).parent.parent / "docs" / "algorithms"


def worked_table(page: str, title: str) -> list[dict[str, str]]:
    """The first table below a heading or a bold line, one dict per row by column title; marks of emphasis are taken off.

    Raises:
        ValueError: no such title, or no table of two rows or more below it.
    """
    lines = (PAGES / f"{page}.md").read_text(encoding="utf-8").splitlines()
    begin = next((n for n, line in enumerate(lines) if line.strip("#* :") == title), None)
    if begin is None:
        raise ValueError(f"{page}.md has no {title!r}")
    first = next((n for n in range(begin, len(lines)) if lines[n].startswith("|")), len(lines))
    past = next((n for n in range(first, len(lines)) if not lines[n].startswith("|")), len(lines))
    head, _, *rows = [_cells(line) for line in lines[first:past]] or [[], []]
    if not rows:
        raise ValueError(f"{page}.md has no table below {title!r}")
    return [dict(zip(head, row, strict=True)) for row in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("**", "").replace("`", "") for cell in line.strip().strip("|").split("|")]
