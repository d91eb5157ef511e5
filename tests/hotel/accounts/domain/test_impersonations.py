import pytest

from hotel.accounts.domain.impersonations import is_as_oneself, refusal_of


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/dashboard", ""),
        ("HEAD", "/dashboard", ""),
        ("OPTIONS", "/api/v1/rooms", ""),
        ("GET", "/api/v1/me", ""),
        ("POST", "/dashboard/property", "acting_as_read_only"),
        ("PATCH", "/api/v1/users/1", "acting_as_read_only"),
        ("PUT", "/api/v1/rooms/1", "acting_as_read_only"),
        ("DELETE", "/api/v1/roles/1", "acting_as_read_only"),
        ("get", "/dashboard", "acting_as_read_only"),
        ("", "/dashboard", "acting_as_read_only"),
        ("POST", "/api/v1/auth/confirm", "acting_as_read_only"),
        ("POST", "/api/v1/impersonations", "acting_as_read_only"),
        ("POST", "/api/v1/impersonations/7/end/more", "acting_as_read_only"),
        ("GET", "/account", "acting_as_own_account"),
        ("GET", "/api/v1/auth/sessions", "acting_as_own_account"),
        ("GET", "/admin/password_change/", "acting_as_own_account"),
        ("POST", "/dashboard/view-as/end", ""),
        ("POST", "/api/v1/impersonations/7/end", ""),
        ("POST", "/logout", ""),
        ("POST", "/api/v1/auth/logout", ""),
        ("POST", "/admin/logout/", ""),
    ],
)
def test_only_reading_ending_and_signing_out_are_open(method, path, code):
    assert refusal_of(method, path) == code


def test_what_ends_it_is_asked_as_oneself():
    assert is_as_oneself("/dashboard/view-as/end")
    assert is_as_oneself("/logout")
    assert not is_as_oneself("/dashboard/view-as")
