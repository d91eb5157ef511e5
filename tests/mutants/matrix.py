"""Controls of who may do what: taken away one by one, the matrix must notice."""

from tests.mutants import Mutant

_API = "tests/matrix/test_api.py::test_every_caller_gets_what_the_table_says"
_REFERENCES = "tests/matrix/test_references.py::test_an_id_of_another_hotel_is_refused_as_one_that_nobody_has"

MUTANTS = (
    Mutant("matrix: no right is asked for", "hotel/properties/api/permissions.py",
           "return bool(grants_of(request.user).property_ids(view.required_verb(), view.area))", "return True",
           f"{_API}[1]"),
    Mutant("matrix: a right held at one hotel reaches rows of the next", "hotel/properties/scoping.py",
           "return self.filter(property_id__in=held) if held else self.none()", "return self if held else self.none()",
           f"{_API}[1]"),
    Mutant("matrix: references are not narrowed", "hotel/properties/api/mixins.py",
           "return queryset.visible_to(request.user) if request is not None else queryset.none()", "return queryset",
           f"{_REFERENCES}[0]"),
    Mutant("matrix: references into another hotel", "hotel/properties/api/mixins.py",
           'if getattr(item, "property_id", None) not in (None, getattr(place, "pk", None)):', "if False:",
           f"{_REFERENCES}[0]"),
)  # fmt: skip
