"""django-auditlog: the readable diff in the admin; which models is declared by the components' plugs."""

AUDITLOG_INCLUDE_ALL_MODELS = False
AUDITLOG_DISABLE_REMOTE_ADDR = False
AUDITLOG_CID_HEADER = "X-Request-Id"
# The library's own mask shows the second half of the value.
AUDITLOG_MASK_CALLABLE = "hotel.core.audit.masked"
