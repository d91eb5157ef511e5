"""Companies, travel agents and sources."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.guests.api.filters import CompanyFilter
from hotel.guests.api.serializers.records import CompanyCreateSerializer, CompanySerializer
from hotel.guests.api.views.profiles import ProfileViewSet
from hotel.guests.models import Company
from hotel.guests.selectors.profiles import companies_search
from hotel.guests.services.companies import CompanyData, company_change, company_create


class CompanyViewSet(ProfileViewSet):
    """Companies, travel agents and sources known at the caller's properties; closed by ``is_active``."""

    queryset = Company.objects.all()
    serializer_class = CompanySerializer
    filterset_class = CompanyFilter
    ordering_fields = ["name", "created_at", "updated_at"]
    search = staticmethod(companies_search)

    @extend_schema(request=CompanyCreateSerializer, responses={201: CompanySerializer})
    def create(self, request: Any) -> Response:
        """Make a company known at a property."""
        serializer = CompanyCreateSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        company = company_create(place=values.pop("property"), data=CompanyData(**values))
        return self._answer_company(company.pk, status=201)

    @extend_schema(request=CompanySerializer, responses=CompanySerializer)
    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a company."""
        company = self.get_object()
        serializer = self.get_serializer(company, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        company_change(
            company=company,
            changes=serializer.validated_data,
            country=self.country_of(company),
            expected_version=expected_version(request),
        )
        return self._answer_company(company.pk)

    def _answer_company(self, pk: int, *, status: int = 200) -> Response:
        company = self.shown(pk)
        return self.answer(self.get_serializer(company).data, status=status, version=company.version)
