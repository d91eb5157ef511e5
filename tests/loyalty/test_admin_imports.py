"""Imports in the admin: how far they are, and begun by who manages."""

from loyalty.models import MemberImport
from loyalty.tasks import member_imports_run
from tests.factories.loyalty import member_import_make
from tests.loyalty.test_admin import ADMIN, manager, said

__all__ = ["manager"]


def test_a_file_is_begun_and_its_lines_show_no_person(cast, manager):
    run = member_import_make(cast.alpha)
    body = {"action": "start", "_selected_action": [run.pk]}
    early = manager.post(f"{ADMIN}/memberimport/", body, follow=True)
    assert "The lines are being checked still." in " ".join(said(early))
    member_imports_run()

    assert said(manager.post(f"{ADMIN}/memberimport/", body, follow=True)) == [
        "1 files are being taken over."
    ]

    assert MemberImport.objects.get().status == "running"
    shown = manager.get(f"{ADMIN}/memberimportrow/{run.rows.get().pk}/change/").content.decode()
    assert "kim@example.com" not in shown
