"""DRF and its OpenAPI schema."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "hotel.accounts.api.authentication.TokenAuthentication",
        "hotel.accounts.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["hotel.core.api.permissions.RefuseByDefault"],
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
    "ENUM_NAME_OVERRIDES": {
        "MessageStatusEnum": "hotel.messaging.choices.MessageStatus",
        "DeliveryStatusEnum": "hotel.messaging.choices.DeliveryStatus",
        "DeliveryKindEnum": "hotel.messaging.choices.DeliveryKind",
        "MessageChannelEnum": "hotel.messaging.choices.Channel",
        "SuppressionReasonEnum": "hotel.messaging.choices.SuppressionReason",
        "ReservationStatusEnum": "hotel.reservations.choices.ReservationStatus",
        "BlockStatusEnum": "hotel.reservations.choices.BlockStatus",
        "BlockControlEnum": "hotel.reservations.choices.BlockControl",
        "WaitlistOfferStatusEnum": "hotel.reservations.choices.OfferStatus",
        "TurnawayReasonEnum": "hotel.reservations.choices.TurnawayReason",
        "HoldStatusEnum": "hotel.reservations.choices.HoldStatus",
        "GuestRoleEnum": "hotel.reservations.choices.GuestRole",
        "NoteKindEnum": "hotel.reservations.choices.NoteKind",
        "ChangeKindEnum": "hotel.reservations.choices.ChangeKind",
        "RoomTypeKindEnum": "hotel.rooms.choices.RoomTypeKind",
        "BedKindEnum": "hotel.rooms.choices.BedKind",
        "RoomBlockKindEnum": "hotel.rooms.choices.BlockKind",
        "HousekeepingStatusEnum": "hotel.rooms.choices.HousekeepingStatus",
        "StatusSourceEnum": "hotel.rooms.choices.StatusSource",
        "ChargeGroupEnum": "hotel.rates.choices.ChargeGroup",
        "RestrictionKindEnum": "hotel.rates.choices.RestrictionKind",
        "InstalmentKindEnum": "hotel.rates.choices.InstalmentKind",
        "MessagePurposeEnum": "hotel.messaging.choices.Purpose",
        "CompanyKindEnum": "hotel.guests.choices.CompanyKind",
        "ConsentChannelEnum": "hotel.guests.choices.ConsentChannel",
        "ConsentDecisionEnum": "hotel.guests.choices.ConsentDecision",
        "ConsentPurposeEnum": "hotel.guests.choices.ConsentPurpose",
        "ConsentSourceEnum": "hotel.guests.choices.ConsentSource",
        "ConsentTypedSourceEnum": "hotel.guests.choices.TYPED_SOURCES",
        "DocumentKindEnum": "hotel.guests.choices.DocumentKind",
        "EmailKindEnum": "hotel.guests.choices.EmailKind",
        "MatchStatusEnum": "hotel.guests.choices.MatchStatus",
        "RelationshipKindEnum": "hotel.guests.choices.RelationshipKind",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "hotel.core.api.schema.add_problem_responses",
    ],
}
