"""A rule tried on real stays."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from loyalty.domain.wording import in_words
from loyalty.forms import RuleTestForm
from loyalty.models import EarningRule
from loyalty.selectors.rule_tests import MOST, rule_tested
from loyalty.selectors.terms import earning_rule


class RuleTestPage(StaffPage, TemplateView):
    """What a rule would give for the hotel's last stays of members; nothing is written."""

    area = "loyalty"
    template_name = "loyalty/rule_test.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rule in words, each stay, and the sum."""
        rules = EarningRule.objects.at_any([self.place.pk]).select_related("program")
        rule = get_object_or_404(rules, pk=self.kwargs["pk"])
        form = RuleTestForm(self.request.GET or {"days": 30})
        rows = rule_tested(rule, self.place, form.cleaned_data["days"]) if form.is_valid() else []
        return super().get_context_data(
            rule=rule,
            says=in_words(earning_rule(rule), rule.program.currency),
            form=form,
            rows=rows,
            total=sum(row.points for row in rows),
            is_cut=len(rows) == MOST,
            most=MOST,
            **kwargs,
        )
