"""Dated settings: a value counts from a business date until the next one."""

from django.db import models

from hotel.properties.scoping import PropertyScopedModel


class PropertySetting(PropertyScopedModel):
    """One value of one setting, from a business date on. Known keys: ``hotel.properties.choices.SettingKey``."""

    key = models.CharField(max_length=60)
    value = models.JSONField()
    valid_from = models.DateField(help_text="Business date, inclusive.")

    class Meta:
        ordering = ["property_id", "key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["property", "key", "valid_from"], name="setting_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.valid_from}"
