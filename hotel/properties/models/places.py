"""Buildings, floors and sections."""

from django.db import models

from hotel.properties.scoping import PropertyScopedModel


class Building(PropertyScopedModel):
    """A building or wing of a property."""

    code = models.CharField(max_length=16)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["property_id", "code"]
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="building_code_once")]

    def __str__(self) -> str:
        return self.name


class Floor(PropertyScopedModel):
    """A floor of a building; ``level`` 0 is the ground floor."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="floors")
    level = models.SmallIntegerField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["property_id", "building", "level"]
        constraints = [
            models.UniqueConstraint(fields=["property", "building", "level"], name="floor_level_once")
        ]

    def __str__(self) -> str:
        return self.name or f"{self.building} {self.level}"


class Section(PropertyScopedModel):
    """A group of rooms that housekeeping works on together."""

    code = models.CharField(max_length=16)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["property_id", "code"]
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="section_code_once")]

    def __str__(self) -> str:
        return self.name
