"""Tables for people."""

from collections.abc import Sequence


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table with aligned columns."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([f"\n{title}\n", lines[0], rule, *lines[1:]])


def verdict(value: float, goal: float) -> str:
    """Whether a ratio reaches its goal."""
    return f"≥ {goal:g}: {reached(value >= goal)}"


def reached(is_kept: bool) -> str:
    """What is said of a goal."""
    return "reached" if is_kept else "MISSED"
