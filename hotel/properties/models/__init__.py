"""Chains, properties and what belongs to every property."""

from hotel.properties.models.business_days import BusinessDay
from hotel.properties.models.grants import PropertyGroupObjectPermission, PropertyUserObjectPermission
from hotel.properties.models.places import Building, Floor, Section
from hotel.properties.models.properties import AgeBand, Chain, Property, PropertyGroup
from hotel.properties.models.restraints import PropertyRestraint
from hotel.properties.models.settings import PropertySetting

__all__ = [
    "AgeBand",
    "Building",
    "BusinessDay",
    "Chain",
    "Floor",
    "Property",
    "PropertyGroup",
    "PropertyGroupObjectPermission",
    "PropertyRestraint",
    "PropertySetting",
    "PropertyUserObjectPermission",
    "Section",
]
