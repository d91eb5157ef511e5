"""What accounts know of the staff."""

from hotel.core.plugs import PersonalData

PERSONAL = (
    PersonalData(
        model="accounts.User",
        fields=("username", "first_name", "last_name", "display_name", "email", "last_login", "date_joined"),
        tier="T2", purpose="to let staff work, and to know who did what", legal_basis="contract",
        retention="employment", whose="staff", source="the employee",
    ),
    PersonalData(
        model="accounts.StaffProfile", fields=("job_title", "employee_number", "phone"), tier="T2",
        purpose="to reach staff", legal_basis="contract", retention="employment", whose="staff",
        source="the employee",
    ),
    PersonalData(
        model="accounts.SignInDevice", fields=("name", "last_address", "last_seen_at"), tier="T2",
        purpose="to know a person's own browsers, and to find strangers'", legal_basis="legitimate_interest",
        retention="access_log", whose="staff", source="the browser",
    ),
    PersonalData(
        model="mfa.Authenticator", fields=("data", "last_used_at"), tier="T3",
        purpose="to let staff prove who they are", legal_basis="legitimate_interest", retention="employment",
        whose="staff", source="the employee",
    ),
    PersonalData(
        model="accounts.StaffSession", fields=("name", "address", "started_at", "last_seen_at"), tier="T2",
        purpose="to show people where they are signed in, and to end it", legal_basis="legitimate_interest",
        retention="access_log", whose="staff", source="the browser",
    ),
    PersonalData(
        model="accounts.DeskPin", fields=("pin", "set_at"), tier="T3",
        purpose="to let staff share a desk under their own names", legal_basis="legitimate_interest",
        retention="employment", whose="staff", source="the employee",
    ),
    PersonalData(
        model="accounts.Impersonation", fields=("reason",), tier="T2",
        purpose="to know who saw the house as somebody else, and why", legal_basis="legitimate_interest",
        retention="access_log", whose="staff", source="who looks",
    ),
    PersonalData(
        model="axes.AccessAttempt", fields=("username", "ip_address", "attempt_time"), tier="T2",
        purpose="to slow down who guesses passwords", legal_basis="legitimate_interest",
        retention="access_log", whose="staff", source="the browser",
    ),
    PersonalData(
        model="accounts.SavedView", fields=("name",), tier="T2",
        purpose="to let staff open their lists as they need them", legal_basis="contract",
        retention="employment", whose="staff", source="the employee",
    ),
)  # fmt: skip
