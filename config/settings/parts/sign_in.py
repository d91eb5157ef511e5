"""Signing in: django-axes counts attempts, with delays of our own; allauth keeps second factors, on pages of ours."""

AXES_HANDLER = "hotel.accounts.pacing_handler.PacingHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Its middleware would turn a refusal into a page of its own; our doors say how long to wait.
MFA_ADAPTER = "hotel.accounts.mfa_adapter.HouseMfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ: the step before and the one after count
MFA_RECOVERY_CODE_COUNT = 10
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are made by their managers, not by themselves
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    "OAUTH2_VALIDATOR_CLASS": "hotel.accounts.oauth.HouseValidator",
    "SCOPES_BACKEND_CLASS": "hotel.accounts.oauth.HouseScopes",
    "ACCESS_TOKEN_GENERATOR": "hotel.accounts.oauth.token_generated",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    # The package's way into RFC 9700, best practice; its defaults still allow what we have no door for anyway.
    **{
        f"COMPLIANT_BCP_RFC9700_{rule}": True
        for rule in (
            *("IMPLICIT_GRANT", "PASSWORD_GRANT", "PKCE_METHOD", "PKCE_REQUIRED", "ACCESS_TOKEN_TRANSPORT"),
            *("AUTHZ_RESPONSE_ISS", "TOKEN_STORAGE", "REFRESH_TOKEN"),
            *("REDIRECT_URI_SCHEME", "REDIRECT_URI_MATCHING"),
        )
    },
}
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
