"""Endpoints of taxes, exemptions and packages."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import ReadViewSet
from hotel.rates.api import filters
from hotel.rates.api.serializers import packages as package_forms
from hotel.rates.api.serializers import taxes as serializers
from hotel.rates.models import Package, TaxExemption, TaxRule
from hotel.rates.services.packages import package_change, package_create
from hotel.rates.services.taxes import (
    exemption_register,
    exemption_revoke,
    tax_rule_create,
    tax_rule_end,
    tax_rule_revise,
)


class TaxRuleViewSet(ReadViewSet):
    """Taxes in dated versions, computed in order of ``position``. A version is never changed, only followed."""

    area = "rates"
    verbs: ClassVar[dict[str, str]] = {"revise": "manage", "end": "manage"}
    queryset = TaxRule.objects.select_related("property")
    serializer_class = serializers.TaxRuleSerializer
    filterset_class = filters.TaxRuleFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "position", "valid_from"]
    default_ordering = ["property_id", "position", "code", "valid_from"]

    def create(self, request: Any) -> Response:
        """Make the first version of a tax."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        rule = tax_rule_create(place=form.validated_data["property"], values=form.contents())
        return self.answer(self.get_serializer(rule).data, status=201)

    @extend_schema(request=serializers.TaxReviseSerializer, responses=serializers.TaxRuleSerializer)
    @action(detail=True, methods=["post"])
    def revise(self, request: Any, pk: int) -> Response:
        """Let a new version count from a night on; nights before keep this one."""
        rule = self.get_object()
        form = serializers.TaxReviseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        made = tax_rule_revise(rule=rule, valid_from=values.pop("valid_from"), values=values)
        return self.answer(self.get_serializer(made).data)

    @extend_schema(request=serializers.TaxEndSerializer, responses=serializers.TaxRuleSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: int) -> Response:
        """Let a tax end with a night."""
        rule = self.get_object()
        form = serializers.TaxEndSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        ended = tax_rule_end(rule=rule, valid_until=form.validated_data["valid_until"])
        return self.answer(self.get_serializer(ended).data)


class TaxExemptionViewSet(ReadViewSet):
    """Certificates that free guests from taxes on the nights they are valid."""

    area = "rates"
    verbs: ClassVar[dict[str, str]] = {"revoke": "manage"}
    queryset = TaxExemption.objects.select_related("property", "company")
    serializer_class = serializers.TaxExemptionSerializer
    filterset_class = filters.TaxExemptionFilter
    search_fields = ["certificate", "holder"]
    ordering_fields = ["certificate", "valid_until"]
    default_ordering = ["property_id", "-valid_until", "certificate"]

    def create(self, request: Any) -> Response:
        """Register a certificate."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = exemption_register(place=form.validated_data["property"], values=form.contents())
        return self.answer(self.get_serializer(made).data, status=201)

    @extend_schema(request=serializers.RevokeSerializer, responses=serializers.TaxExemptionSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Any, pk: int) -> Response:
        """Let a certificate count no more; what was sold with it stays."""
        exemption = self.get_object()
        form = serializers.RevokeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        revoked = exemption_revoke(exemption=exemption, reason=form.validated_data["reason"])
        return self.answer(self.get_serializer(revoked).data)


class PackageViewSet(ReadViewSet):
    """Packages: bundles of elements that plans contain or add."""

    area = "rates"
    queryset = Package.objects.select_related("property").prefetch_related("elements__age_band")
    serializer_class = package_forms.PackageSerializer
    filterset_class = filters.PackageFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["property_id", "code"]

    def create(self, request: Any) -> Response:
        """Make a package with its elements."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values, elements = form.split()
        place = form.validated_data["property"]
        made = package_create(place=place, values=values, elements=elements or [])
        return self.answer(self.get_serializer(made).data, status=201)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a package for stays to be sold; elements replace those there are."""
        package = self.get_object()
        form = self.get_serializer(package, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values, elements = form.split()
        changed = package_change(package=package, values=values, elements=elements)
        return self.answer(self.get_serializer(changed).data)
