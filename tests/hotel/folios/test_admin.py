"""Folios in the admin: codes are made and changed by the services, the ledger is only looked at."""

from django.contrib import admin
from django.test import Client
from django.urls import reverse

from hotel.folios.models import Journal, LedgerDay, LedgerEntry, Posting, TransactionCode
from tests.factories.folios import transaction_code_make


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(place, **over) -> dict:
    values = {
        "property": place.pk,
        "code": "minibar",
        "name": "Minibar",
        "kind": "charge",
        "group": "beverage",
    }
    return {**values, "department": "", "is_taxed": "on", "adjustment_code": "", "is_active": "on", **over}


def test_a_code_is_made_by_the_service(cast):
    client, path = signed_in(cast.ada), reverse("admin:folios_transactioncode_add")
    assert client.post(path, form(cast.alpha)).status_code == 302
    code = TransactionCode.objects.get()
    assert (code.property, code.code, code.group, code.is_taxed) == (cast.alpha, "minibar", "beverage", True)

    assert (
        b"Codes of taxes come from the tax rules"
        in client.post(path, form(cast.alpha, code="VAT", kind="tax", group=""), follow=True).content
    )
    assert TransactionCode.objects.count() == 1


def test_a_code_is_renamed_and_keeps_its_kind(cast):
    code = transaction_code_make(cast.alpha)
    path = reverse("admin:folios_transactioncode_change", args=[code.pk])
    answer = signed_in(cast.ada).post(path, form(cast.alpha, name="Drinks", kind="payment", group=""))
    assert answer.status_code == 302
    code.refresh_from_db()
    assert (code.name, code.kind, code.group) == ("Drinks", "charge", "beverage")


def test_the_ledger_is_only_looked_at(cast, rf):
    request = rf.get("/admin/")
    request.user = cast.ada
    for model in (Posting, Journal, LedgerEntry, LedgerDay):
        pages = admin.site._registry[model]
        assert pages.has_view_permission(request)
        may = (
            pages.has_add_permission(request),
            pages.has_change_permission(request),
            pages.has_delete_permission(request),
        )
        assert may == (False, False, False)
