"""Tables of papers."""

from hotel.papers.models.papers import Paper

__all__ = ["Paper"]
