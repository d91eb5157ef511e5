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
)  # fmt: skip
