"""``migrate`` of Django, as the owner of the tables, giving way to who works on them; then every role gets its rights.

A migration that cannot have a table at once is begun anew; those before it stay done.
"""

from typing import Any

from django.core.management.commands import migrate

from hotel.core.postgresql.owner import as_owner
from hotel.core.postgresql.patience import patiently
from hotel.core.postgresql.rights import rights_give


class Command(migrate.Command):
    """See the module."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then give rights; a plan or a check changes nothing."""
        with as_owner():
            patiently(lambda: super(Command, self).handle(*args, **options))
            if not (options["plan"] or options["check_unapplied"]):
                rights_give()
