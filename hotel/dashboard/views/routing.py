"""The routing of a folio: which charges go to another payer, up to how much, from when until when."""

from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.core.actions import Action
from hotel.dashboard.forms.routing import RuleEndForm, RuleForm, rule_words
from hotel.dashboard.views.acting import Act
from hotel.dashboard.views.folios import FolioActingPage
from hotel.folios.models import RoutingRule
from hotel.folios.services.routing_rules import routing_rule_create, routing_rule_end


def _added(page: "RoutingPage", values: dict[str, Any]) -> str:
    made = routing_rule_create(folio=page.folio, window=values.pop("window"), values=values)
    return _("From %(day)s on: %(rule)s.") % {
        "day": date_format(made.valid_from, "j M Y"), "rule": rule_words(made),
    }  # fmt: skip


def _ended(page: "RoutingPage", values: dict[str, Any]) -> str:
    ended = routing_rule_end(**values)
    return _("The rule counts until %(day)s, that day not included.") % {
        "day": date_format(ended.valid_until, "j M Y")  # type: ignore[arg-type]
    }


class RoutingPage(FolioActingPage):
    """The rules of a folio in the order in which they are asked; one more, and the end of one."""

    template_name = "dashboard/folio_routing.html"
    acts: ClassVar = {
        "add": Act(RuleForm, _added, "manage", is_once=True),
        "end": Act(RuleEndForm, _ended, "manage", is_once=True),
    }

    @cached_property
    def rules(self) -> list[RoutingRule]:
        """All of them, those that ended too."""
        rows = RoutingRule.objects.at(self.place.pk).filter(folio=self.folio)
        return list(rows.select_related("window__folio", "property").order_by("priority", "pk"))

    @cached_property
    def running(self) -> list[RoutingRule]:
        """Those that have not ended."""
        today = self.place.business_date
        return [rule for rule in self.rules if rule.valid_until is None or rule.valid_until > today]

    @property
    def route(self) -> Action:
        """What the folio's ``actions`` say about a further rule."""
        return next(row for row in self.folio.actions if row.name == "route")

    def about(self, name: str) -> dict[str, Any]:
        """The windows, or the rules to choose from."""
        if name == "add":
            return {"place": self.place, "windows": self.windows}
        return {"rules": self.running}

    def is_possible(self, name: str) -> bool:
        """Rules are added to open folios; those that run can be ended."""
        return self.route.is_allowed if name == "add" else bool(self.running)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, however many rules there are."""
        return super().get_context_data(
            folio=self.folio,
            rules=[(rule, rule in self.running) for rule in self.rules],
            denied=self.route.reason,
            **kwargs,
        )
