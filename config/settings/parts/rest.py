"""DRF and its OpenAPI schema."""

from config.settings.parts.enum_names import ENUM_NAMES

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "hotel.accounts.api.authentication.TokenAuthentication",
        "hotel.accounts.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["hotel.core.api.permissions.RefuseByDefault"],
    "DEFAULT_THROTTLE_CLASSES": ["hotel.monitoring.throttling.ClientLimit"],
    "DEFAULT_PARSER_CLASSES": ["hotel.core.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "hotel.core.api.filters.SearchFilter",
        "hotel.core.api.filters.OrderingFilter",
        "hotel.core.api.filters.UpdatedSinceFilter",
    ],
    "DEFAULT_PAGINATION_CLASS": "hotel.core.api.pagination.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "hotel.core.api.schema.PmsSchema",
    # The OpenAPI document describes the API; OPTIONS is answered by 405.
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "hotel.core.api.errors.exception_handler",
    "PAGE_SIZE": 50,
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Auberge API",
    "DESCRIPTION": (
        "The property management API. Errors are problem+json with a stable `code`; a POST that sells or moves "
        "money needs an `Idempotency-Key`; writes on versioned resources take `If-Match`; lists are cursor-paged."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    # No validator: it is an image from elsewhere, which the content security policy forbids.
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": True,
        "docExpansion": "none",
        "filter": True,
        "validatorUrl": None,
    },
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "hotel.core.api.schema.add_problem_responses",
        "hotel.monitoring.api.deprecation.mark_deprecated",
    ],
}
