"""django-auditlog: the readable diff in the admin; which models is declared by the components' plugs."""

AUDITLOG_INCLUDE_ALL_MODELS = False
AUDITLOG_DISABLE_REMOTE_ADDR = False
AUDITLOG_CID_HEADER = "X-Request-Id"
