"""Which language answers whom: that of the person who sits there, and of nobody before or after."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language, override

from hotel.accounts.languages import LanguageMiddleware
from hotel.accounts.models import User


def answered(user, *, asked="en"):
    """The language a page was drawn in, the one it tells, and the one that is left afterwards."""
    request = RequestFactory().get("/dashboard")
    request.user = user
    with override(asked):
        answer = LanguageMiddleware(lambda _request: HttpResponse(get_language()))(request)
        return answer.content.decode(), answer.get("Content-Language"), get_language()


def test_a_person_is_answered_in_his_own_language():
    assert answered(User(language="es"), asked="de") == ("es", "es", "de")


def test_who_has_none_that_is_offered_is_answered_in_the_one_he_asks_for():
    assert answered(User(language="tlh"), asked="de") == ("de", None, "de")
    assert answered(AnonymousUser(), asked="es") == ("es", None, "es")
