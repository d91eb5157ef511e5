"""Users and what they may do, as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.accounts.api.fields import GroupField, RoleField, UserField
from hotel.accounts.choices import LimitKind
from hotel.accounts.models import Role, RoleAssignment, StaffProfile, StaffSession, User
from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField
from hotel.properties.models import Property


class UserSerializer(serializers.ModelSerializer):
    """A person or a machine, with the staff file."""

    home_property = PropertyField(
        source="staff_profile.home_property",
        allow_null=True,
        help_text="Keeps the staff file; null only for people who have none.",
    )
    job_title = serializers.CharField(
        source="staff_profile.job_title", max_length=80, required=False, allow_blank=True
    )
    employee_number = serializers.CharField(
        source="staff_profile.employee_number", max_length=40, required=False, allow_blank=True
    )
    phone = serializers.CharField(
        source="staff_profile.phone", max_length=40, required=False, allow_blank=True
    )

    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "display_name",
            "language",
            "is_machine",
            "is_staff",
            "is_active",
            "chain",
            "home_property",
            "job_title",
            "employee_number",
            "phone",
            "last_login",
            "date_joined",
        ]
        read_only_fields = ["is_machine", "is_active", "chain", "last_login", "date_joined"]

    def validate_home_property(self, value: Any) -> Any:
        """Nobody's staff file is given up."""
        if value is None:
            raise serializers.ValidationError(_("Name the property that keeps the staff file."))
        return value

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """A user without a staff file (the owner) shows an empty one."""
        if not hasattr(instance, "staff_profile"):
            instance.staff_profile = StaffProfile()
        return super().to_representation(instance)

    def values(self) -> dict[str, Any]:
        """The validated data, flat, as the services take it."""
        data = dict(self.validated_data)
        return {**data, **data.pop("staff_profile", {})}


class UserCreateSerializer(UserSerializer):
    """A new user; without a password a person sets one by e-mail, a machine uses tokens."""

    password = serializers.CharField(
        max_length=128, required=False, allow_blank=True, write_only=True, trim_whitespace=False
    )

    class Meta(UserSerializer.Meta):
        fields = [*UserSerializer.Meta.fields, "password"]
        read_only_fields = ["is_active", "chain", "last_login", "date_joined"]


class PasswordSerializer(serializers.Serializer):
    """Another password for somebody."""

    password = serializers.CharField(max_length=128, trim_whitespace=False)


class OwnPasswordSerializer(serializers.Serializer):
    """Another password for oneself."""

    old = serializers.CharField(max_length=128, trim_whitespace=False)
    new = serializers.CharField(max_length=128, trim_whitespace=False)


class LoginSerializer(serializers.Serializer):
    """A name and a password, and the code of the second step for those who have one."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=128, trim_whitespace=False)
    code = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="Of the person's app, or a recovery code; each opens once.",
    )


class ConfirmSerializer(serializers.Serializer):
    """One's own password, again."""

    password = serializers.CharField(max_length=128, trim_whitespace=False)


class SocketTicketSerializer(serializers.Serializer):
    """A ticket for one websocket."""

    ticket = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class SessionSerializer(serializers.ModelSerializer):
    """A browser in which one is signed in."""

    reference = serializers.CharField(source="session_key", help_text="What it is called.")
    is_this = serializers.SerializerMethodField(help_text="The one that asks.")

    class Meta:
        model = StaffSession
        fields = ["reference", "name", "address", "started_at", "last_seen_at", "is_this"]
        read_only_fields = fields

    def get_is_this(self, row: StaffSession) -> bool:
        """Whether the request came by it."""
        return row.session_key == self.context["this"]


class ReasonSerializer(serializers.Serializer):
    """Through what a right is held."""

    source = serializers.ChoiceField(choices=["role", "direct", "superuser"])
    assignment_id = serializers.IntegerField(allow_null=True)
    role_id = serializers.IntegerField(allow_null=True)
    role = serializers.CharField()
    group_id = serializers.IntegerField(allow_null=True)
    group = serializers.CharField()
    valid_until = serializers.DateTimeField(allow_null=True, help_text="When a direct grant ends by itself.")


class RightSerializer(serializers.Serializer):
    """A verb on an area at a property, and why it is held."""

    property = serializers.IntegerField(source="property_id")
    property_code = serializers.CharField()
    area = serializers.CharField()
    verb = serializers.CharField()
    reasons = ReasonSerializer(many=True)


class PropertyBriefSerializer(serializers.ModelSerializer):
    """A property in short."""

    class Meta:
        model = Property
        fields = ["id", "code", "name", "currency", "time_zone", "business_date"]


class PropertyGrantsSerializer(serializers.Serializer):
    """What the caller may do at one property."""

    property = PropertyBriefSerializer()
    areas = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Area to verbs."
    )


class MeSerializer(serializers.Serializer):
    """The caller and his rights, narrowed by his token."""

    id = serializers.IntegerField(source="user.pk")
    username = serializers.CharField(source="user.username")
    display_name = serializers.CharField(source="user.__str__")
    email = serializers.EmailField(source="user.email")
    language = serializers.CharField(source="user.language")
    is_machine = serializers.BooleanField(source="user.is_machine")
    is_superuser = serializers.BooleanField(source="user.is_superuser")
    grants = PropertyGrantsSerializer(many=True)


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
        "example": {"rooms": ["view", "status"], "guests": ["view"]},
    }
)
class RightsField(serializers.Field):
    """Rights as an object of area to verbs."""

    def to_representation(self, value: Any) -> dict[str, list[str]]:
        """From the rows of a role."""
        found: dict[str, list[str]] = {}
        for right in value.all():
            found.setdefault(right.area, []).append(right.verb)
        return found

    def to_internal_value(self, data: Any) -> set[tuple[str, str]]:
        """To (area, verb) pairs; which exist is for the service to say."""
        texts = serializers.ListField(child=serializers.CharField(max_length=20), max_length=50)
        if not isinstance(data, dict) or len(data) > 100:
            raise serializers.ValidationError(_("Give an object of area to a list of verbs."))
        return {
            (str(area)[:40], verb) for area, verbs in data.items() for verb in texts.run_validation(verbs)
        }


class RoleLimitSerializer(serializers.Serializer):
    """The largest amount of one kind in one currency that holders may approve alone."""

    kind = serializers.ChoiceField(choices=LimitKind.choices)
    amount = MoneyField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Both are needed, also where the role itself is changed in part."""
        missing = {"kind", "amount"} - attrs.keys()
        if missing:
            raise serializers.ValidationError({name: [_("This field is required.")] for name in missing})
        return attrs


class RoleSerializer(serializers.ModelSerializer):
    """A named set of rights of a chain, with approval limits."""

    rights = RightsField(source="permissions", required=False)
    limits = RoleLimitSerializer(many=True, required=False)

    class Meta:
        model = Role
        fields = [
            "id",
            "chain",
            "code",
            "name",
            "is_seeded",
            "max_discount_rate",
            "can_override_rate",
            "rights",
            "limits",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["chain", "code"]


class RoleCloneSerializer(serializers.ModelSerializer):
    """How the copy is called."""

    class Meta:
        model = Role
        fields = ["code", "name"]


class AreaSerializer(serializers.Serializer):
    """An area and the verbs that can be granted on it."""

    area = serializers.CharField()
    verbs = serializers.ListField(child=serializers.CharField())


class RoleAssignmentSerializer(serializers.ModelSerializer):
    """Who holds which role where; give either a property or a group."""

    user = UserField()
    role = RoleField()
    property = PropertyField(required=False, allow_null=True)
    group = GroupField(required=False, allow_null=True)

    class Meta:
        model = RoleAssignment
        fields = [
            "id",
            "user",
            "role",
            "property",
            "group",
            "valid_from",
            "valid_to",
            "created_at",
            "updated_at",
        ]
        # Assigning the same again changes the dates, so it is not refused as a repetition.
        validators: list[Any] = []
