"""Filters of the lists of guests."""

from typing import Any

import django_filters as filters
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, Q, Value
from rest_framework.filters import BaseFilterBackend

from hotel.core.api.parsers import refuse_unstorable
from hotel.core.crypto import key_ring
from hotel.guests.choices import (
    CompanyKind,
    ConsentChannel,
    ConsentDecision,
    ConsentPurpose,
    DocumentKind,
    EmailKind,
    MatchStatus,
    RelationshipKind,
)
from hotel.guests.domain.contacts import PhoneInvalid, normal_email, normal_phone
from hotel.guests.domain.documents import normal_number
from hotel.guests.models import GuestDocument
from hotel.properties.scoping import grants_of

BIGINT_MAX = 2**63 - 1


def _with_number(documents: Any, value: str) -> Any:
    prints = key_ring().fingerprints(normal_number(value), context="guests.document_number")
    return documents.filter(number_fingerprint__in=prints)


class IdFilter(filters.NumberFilter):
    """A whole number that fits a bigint; others are refused with 400."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=BIGINT_MAX, decimal_places=0, **kwargs)


class LinkedFilter(filters.FilterSet):
    """``?property=``: rows whose profiles are linked to this property; one he may not see matches nothing."""

    property = IdFilter(method="at_property", label="Linked to this property.")

    def at_property(self, rows: Any, name: str, value: int) -> Any:
        """Linked there, and the caller may view guests there."""
        held = grants_of(self.request.user).holds("view", "guests", int(value))
        return rows.linked_to([int(value)]) if held else rows.none()


class GuestFilter(LinkedFilter):
    """Of guests. E-mail, telephone and numbers of documents are looked up exactly, by their fingerprints."""

    email = filters.CharFilter(method="by_email", max_length=254)
    phone = filters.CharFilter(
        method="by_phone", max_length=40, label="With country code, such as +4315550100"
    )
    document = filters.CharFilter(
        method="by_document", max_length=40, label="The whole number of a document that was shown."
    )
    email_kind = filters.ChoiceFilter(choices=EmailKind.choices)
    country = filters.CharFilter(max_length=2)
    language = filters.CharFilter(max_length=8)
    is_do_not_rent = filters.BooleanFilter()

    def by_email(self, rows: Any, name: str, value: str) -> Any:
        """Exactly this address, however written."""
        return rows.filter(
            email_fingerprint__in=key_ring().fingerprints(normal_email(value), context="guests.email")
        )

    def by_phone(self, rows: Any, name: str, value: str) -> Any:
        """Exactly this number, however written."""
        try:
            return rows.filter(
                phone_fingerprint__in=key_ring().fingerprints(
                    normal_phone(value, country=""), context="guests.phone"
                )
            )
        except PhoneInvalid:
            return rows.none()

    def by_document(self, rows: Any, name: str, value: str) -> Any:
        """Who showed exactly this document, however its number is written."""
        return rows.filter(pk__in=_with_number(GuestDocument.objects.all(), value).values("guest_id"))


class CompanyFilter(LinkedFilter):
    """Of companies."""

    kind = filters.ChoiceFilter(choices=CompanyKind.choices)
    code = filters.CharFilter(max_length=32)
    is_active = filters.BooleanFilter()


class DocumentFilter(LinkedFilter):
    """Of documents."""

    guest = IdFilter(field_name="guest_id")
    kind = filters.ChoiceFilter(choices=DocumentKind.choices)
    number = filters.CharFilter(method="by_number", max_length=40, label="The whole number.")

    def by_number(self, rows: Any, name: str, value: str) -> Any:
        """Exactly this number, however written."""
        return _with_number(rows, value)


class ConsentFilter(LinkedFilter):
    """Of consents."""

    guest = IdFilter(field_name="guest_id")
    channel = filters.ChoiceFilter(choices=ConsentChannel.choices)
    purpose = filters.ChoiceFilter(choices=ConsentPurpose.choices)
    decision = filters.ChoiceFilter(choices=ConsentDecision.choices)


class RelationshipFilter(LinkedFilter):
    """Of relationships."""

    guest = IdFilter(field_name="guest_id")
    company = IdFilter(field_name="company_id")
    kind = filters.ChoiceFilter(choices=RelationshipKind.choices)


class MatchFilter(LinkedFilter):
    """Of suspected duplicates."""

    guest = IdFilter(method="of_guest")
    status = filters.ChoiceFilter(choices=MatchStatus.choices)

    def of_guest(self, rows: Any, name: str, value: int) -> Any:
        """Either of the two."""
        return rows.filter(Q(first_id=value) | Q(second_id=value))


class MergeFilter(LinkedFilter):
    """Of merges."""

    kept = IdFilter(field_name="kept_id")
    merged = IdFilter(field_name="merged_id")
    is_undone = filters.BooleanFilter(field_name="unmerged_at", lookup_expr="isnull", exclude=True)


class IndexedSearchFilter(BaseFilterBackend):
    """``?search=``: the best 200 rows by the search index, best first; ``view.search`` is the selector."""

    param = "search"

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """Ordered by rank, unless ``?ordering=`` says otherwise."""
        text = request.query_params.get(self.param, "").strip()
        refuse_unstorable(text)
        if not text:
            return queryset
        places = grants_of(request.user).property_ids("view", view.area)
        chosen = request.query_params.get("property")
        if chosen and chosen.isascii() and chosen.isdecimal():
            places &= {int(chosen)}
        ids = view.search(places, text, 200)
        view.default_ordering = ["search_rank"]
        array = Value(ids, output_field=ArrayField(BigIntegerField()))
        rank = Func(array, F("pk"), function="array_position", output_field=IntegerField())
        return queryset.filter(pk__in=ids).annotate(search_rank=rank)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameter."""
        text = "Name, e-mail, telephone or company; typing errors are forgiven, the best 200 come first."
        return [
            {
                "name": self.param,
                "in": "query",
                "required": False,
                "description": text,
                "schema": {"type": "string"},
            }
        ]
