"""Columns of a table are put into words once, not for each query: a quarter of all CPU went into composing SQL.

Django composes every column of every selected table anew: a ``Col``, its quoted name, its converters, and a hash over
all arguments of its class. None of them depends on the query as long as the table goes by its own name.
"""

from typing import Any

from django.db import connection
from django.db.backends.postgresql import compiler
from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.models.expressions import Col
from django.db.models.fields import composite

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class KeptCol(Col):
    """A column of a table that goes by its own name."""

    def __init__(self, column: Col) -> None:
        """Of the ordinary column, to which it is equal."""
        super().__init__(column.alias, column.target, column.output_field)
        self.identity = column.identity
        self._ordinary = column
        self._sql = f'"{column.alias}"."{column.target.column}"'
        self._converters = column.get_db_converters(connection)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The quoted name; there are no parameters."""
        return self._sql, []

    def get_db_converters(self, connection: Any) -> list[Any]:
        """What makes Python values of it."""
        return self._converters

    def relabeled_clone(self, relabels: Any) -> Any:
        """Under another name it is an ordinary column."""
        return self._ordinary.relabeled_clone(relabels)


class SQLCompiler(compiler.SQLCompiler):
    """See the module."""

    def get_default_columns(
        self, select_mask: Any, start_alias: str | None = None, opts: Any = None, from_parent: Any = None
    ) -> Any:
        """The columns that are read of a model; see Django's."""
        opts = opts or self.query.get_meta()
        alias = start_alias or self.query.get_initial_alias()
        if opts is None or alias != opts.db_table or opts.parents or opts.is_composite_pk:
            return super().get_default_columns(select_mask, start_alias, opts, from_parent)
        wanted = set(composite.unnest(select_mask)) if select_mask else None
        return [_kept(field, alias) for field in opts.concrete_fields if wanted is None or field in wanted]

    def _order_by_pairs(self) -> Any:
        """As Django's; whole models ordered by fields without comparing these to all that is selected."""
        query, opts = self.query, self.query.get_meta()
        ordering = query.order_by or (opts.ordering if opts and query.default_ordering else None) or ()
        is_named = query.annotations or query.extra or query.combinator or not query.default_cols
        if is_named or not all(isinstance(one, str) for one in ordering):
            return super()._order_by_pairs()
        selected, self.select = self.select, []
        try:
            return list(super()._order_by_pairs())  # type: ignore[func-returns-value, call-overload]
        finally:
            self.select = selected


def _kept(field: Any, alias: str) -> Col:
    """Kept on the field, as Django's own ``cached_col``: it lives as long as its model."""
    kept = field.__dict__.get("kept_col")
    if kept is None:
        kept = field.__dict__["kept_col"] = KeptCol(field.get_col(alias))
    return kept
