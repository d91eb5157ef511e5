"""Every exception from the rules of the house, each with its reason. A stale entry fails."""

# (component, room) -> reason
ROOMS = {
    ("hotel.core", "api/urls.py"): "the kernel serves no resources; it holds the bases of those that do",
    ("hotel.dashboard", "models"): "pages only: it keeps nothing",
    ("hotel.dashboard", "services"): "pages only: it writes through the services of the apps",
    ("hotel.dashboard", "api/urls.py"): "pages only",
    ("hotel.dashboard", "admin.py"): "no models",
}

# module -> reason
MIRRORS = {
    "security/selectors/captured.py": "tested by services/test_capture.py, table by table",
    "security/selectors/seals.py": "tested by services/test_sealing.py and selectors/test_verification.py",
    "hotel/reservations/services/demo_live.py": "tested by services/test_demo.py, which loads the whole demo",
    "hotel/core/exceptions.py": "classes without behaviour; each is mapped in api/test_errors.py",
    "hotel/core/models_base.py": "abstract columns",
    "hotel/core/component.py": "tested by test_plugs.py",
    "hotel/core/admin_config.py": "one name; tested by test_admin_site.py",
    "hotel/core/admin_others.py": "tested by architecture/test_admin.py with all other admin pages",
    "hotel/core/tasks.py": "tested by services/test_outbox.py and services/test_idempotency.py",
    "hotel/messaging/domain/standard_templates/de.py": "texts; each is filled by domain/test_variables.py",
    "hotel/messaging/domain/standard_templates/en.py": "texts; each is filled by domain/test_variables.py",
    "hotel/messaging/domain/standard_templates/es.py": "texts; each is filled by domain/test_variables.py",
    "hotel/core/api/filters.py": "tested by api/test_pagination.py, where there is a list to filter",
    "hotel/core/api/permissions.py": "tested by api/test_viewsets.py",
    "hotel/folios/services/posting_data.py": "plain data without behaviour; read by services/test_postings.py",
    "hotel/reservations/domain/fees.py": "plain data without behaviour; posted by test_fee_ports.py",
    "hotel/folios/services/payment_data.py": "plain data, and how each payment begins; read by services/test_payments.py",
    "hotel/folios/services/payment_ledger.py": "tested by services/test_payments.py and services/test_gateway_calls.py",
    "hotel/folios/selectors/exchange_rates.py": "tested by services/test_exchange_rates.py",
    "hotel/folios/selectors/tills.py": "tested by services/test_tills.py",
    "hotel/reservations/services/booking_data.py": "plain data without behaviour; read by services/test_drafts.py",
}

# model label -> why it belongs to no property
GLOBAL_MODELS = {
    "core.OutboxMessage": "the outbox of the whole house; the feed narrows by its property_id",
    "core.HandledFact": "book-keeping of the outbox",
    "core.IdempotencyRecord": "belongs to a caller, not to a property",
    "core.InvariantCheck": "checks the whole installation",
    "core.DataKey": "keys of guests, who are known chain-wide; never read by people",
    "core.DeclaredSchedule": "schedules are the installation's",
    "core.SecurityEvent": "attacks are on the installation",
    "properties.Chain": "stands above properties",
    "properties.Property": "is the scope itself",
    "properties.PropertyGroup": "a set of properties of one chain",
    "properties.PropertyUserObjectPermission": "guardian's grant on a property",
    "properties.PropertyGroupObjectPermission": "guardian's grant on a property",
    "accounts.User": "a person may work at several properties; visible by role assignments",
    "accounts.StaffProfile": "hangs on a user",
    "accounts.Role": "belongs to a chain",
    "accounts.RolePermission": "hangs on a role",
    "accounts.RoleAssignment": "at a property or at a group of properties",
    "accounts.RoleLimit": "hangs on a role",
    "guests.Guest": "known chain-wide; visible by ProfileAtProperty",
    "guests.Company": "known chain-wide; visible by ProfileAtProperty",
    "guests.GuestDocument": "hangs on a guest, visible as he is",
    "guests.GuestConsent": "hangs on a guest, visible as he is",
    "guests.GuestRelationship": "hangs on two guests, visible as they are",
    "guests.GuestMatch": "hangs on two guests, visible as they are",
    "guests.GuestMerge": "hangs on two guests, visible as they are",
    "monitoring.ApiAlert": "promises are the installation's",
    "monitoring.ApiHealth": "the installation is well or not",
    "monitoring.RestoreDrill": "a backup is of the whole installation",
    "monitoring.ApiPlan": "a class of tokens, which may work at several properties",
    "monitoring.RateLimit": "for one property or for the whole installation; visible by its property",
    "monitoring.LimiterState": "the limiter's version and kill switch, one row",
    "monitoring.LimitTally": "hangs on a rule, visible as it is",
    "monitoring.ApiUsage": "requests that concern no property are counted, too; visible by its property",
    "monitoring.SlowRequest": "a request may concern no property; visible by its property",
    "accounts.SignInDevice": "hangs on a user, visible as he is",
    "security.AuditLog": "names the property of each row as a plain number, and outlives it; visible by it",
    "security.AccessEvent": "a view of security.AuditLog",
    "security.AuditSeal": "hashes over the whole trail",
    "security.SealMark": "book-keeping of the sealer",
    "security.AuditArchive": "months of the whole trail",
    "loyalty.LoyaltyProgram": "of a chain; visible where its hotels are",
    "loyalty.LoyaltyTier": "hangs on a programme, visible as it is",
    "loyalty.EarningRule": "hangs on a programme, visible as it is",
    "loyalty.LoyaltyMember": "earns and spends at all hotels of a programme, visible as it is",
    "loyalty.BonusCampaign": "hangs on a programme, visible as it is",
    "loyalty.CampaignRegistration": "hangs on a member, visible as he is",
    "loyalty.StayClaim": "hangs on a member, visible as he is",
    "loyalty.StatusMatchRule": "hangs on a programme, visible as it is",
    "loyalty.StatusMatch": "hangs on a member, visible as he is",
    "loyalty.ReferralRule": "hangs on a programme, visible as it is",
    "loyalty.Referral": "hangs on a member, visible as he is",
    "loyalty.MemberMerge": "hangs on two members, visible as the kept one is",
    "loyalty.TierChange": "hangs on a member, visible as he is",
    "loyalty.TierCredit": "hangs on a member, visible as he is",
    "loyalty.StayAccrual": "hangs on a member, visible as he is",
    "loyalty.PointTransaction": "a balance is a member's, wherever he earned it; visible as he is",
    "loyalty.PointLot": "a balance is a member's, wherever he earned it; visible as he is",
    "loyalty.PointMovement": "a balance is a member's, wherever he earned it; visible as he is",
    "loyalty.Reward": "hangs on a programme, visible as it is",
    "loyalty.RewardRedemption": "a member's, wherever it is served; visible as he is",
    "loyalty.PointAdjustment": "hangs on a member, visible as he is",
    "security.TrailJob": "checks the whole trail; an export has what its asker may see",
    "accounts.StaffSession": "hangs on a user, visible as he is",
    "accounts.DeskPin": "hangs on a user",
    "accounts.DeskSeat": "hangs on a device of a user, visible as he is",
    "accounts.Impersonation": "hangs on two users, visible as they are",
    "accounts.Integrator": "hangs on a user and names its properties",
    "accounts.SocketTicket": "hangs on a user, for half a minute",
    "accounts.UsedCode": "hangs on a user; nobody looks at it",
    "accounts.ApiToken": "hangs on a user and names its properties",
    "security.ComplianceReport": "of the whole installation; visible to who holds the right everywhere",
    "security.ComplianceItem": "hangs on a report, visible as it is",
    "security.ComplianceEvidence": "of the whole installation; visible likewise",
    "security.DataEncryption": "a key of the whole installation; visible to who holds the right everywhere",
    "security.KeyRotation": "a change of keys of the whole installation; visible likewise",
    "security.SecurityIncident": "of a property or of the whole installation; visible by it",
    "security.IncidentDetector": "looks at the whole installation",
    "security.IncidentEntry": "hangs on an incident, visible as it is",
    "security.IncidentEvidence": "hangs on an incident, visible as it is",
    "security.IncidentStep": "hangs on an incident, visible as it is",
    "security.IncidentContainment": "hangs on an incident, visible as it is",
    "security.Playbook": "of a chain",
    "security.PlaybookStep": "hangs on a playbook, visible as it is",
    "security.Permission": "what a chain thinks of a right",
    "security.DutyConflict": "a rule of a chain",
    "security.AccessPolicy": "of a chain",
    "security.AccessRequest": "at a property or at a group of properties",
}

# table without a model of its own -> why it names a property and yet stands before the wall of row-level security
OPEN_TABLES = {
    "rates_revision": "a number that says when prices were changed, nothing of them; triggers count it",
    "accounts_apitoken_properties": "limits a token: it is read to know the scope",
    "accounts_integrator_properties": "limits a token: it is read to know the scope",
    "properties_propertygroup_properties": "which properties a group has: roles at groups are read to know the scope",
}

# constraint or index name, or model.field of unique=True -> why it need not start with the property
UNSCOPED_KEYS = {
    "messaging.WebhookSecret.key_id": "receivers tell secrets apart by it, across properties",
    "messaging.Message.reference": "the Message-ID an outside system answers with, unguessable",
    "folios.GatewayAccount.slug": "processors call it, whatever the property, unguessable",
    "card_token_to_forget": "the reconciliation's queue over all properties",
    "gateway_call_due": "the reconciliation's queue over all properties",
    "hosted_page_due": "the reconciliation's queue over all properties",
    "gateway_notice_due": "the inbox over all properties",
    "message_due": "the sender's queue over all properties",
}

# model label -> why its list in the admin has no search
UNSEARCHABLE: dict[str, str] = {}

# path -> reason
LONG_MODULES: dict[str, str] = {}

# path -> reason: who may hand work to celery besides handlers.py and tasks.py
SENDERS = {
    "hotel/core/acting_task.py": "the base of all tasks: it adds who acts to what they send",
    "hotel/core/facts.py": "the hint to the relay, after the commit",
    "hotel/core/admin.py": "the operator asks for a check; nothing has happened that a fact could tell",
}

# path -> reason: a number with a point in it that is no money
FLOATS = {
    "hotel/accounts/domain/pacing.py": "seconds to wait, rounded up",
    "hotel/accounts/domain/sessions.py": "instants of a session",
    "hotel/core/models/invariants.py": "seconds that a check took",
    "hotel/folios/adapters/simulator/server.py": "seconds to wait",
    "hotel/guests/domain/matching.py": "likeness of names",
    "hotel/messaging/domain/retries.py": "a share of the waiting time",
    "hotel/monitoring/domain/gcra.py": "points of a quota",
    "hotel/monitoring/domain/shapes.py": "limits in a description of the API",
    "hotel/monitoring/domain/shedding.py": "load of the machine",
    "hotel/monitoring/domain/sketches.py": "durations of requests",
    "hotel/reservations/domain/assignment.py": "seconds to think",
    "hotel/reservations/domain/demo.py": "shares of guests by season",
    "hotel/reservations/domain/importing.py": "a spreadsheet's binary number is read, and made text at once",
    "hotel/reservations/services/demo.py": "shares of guests",
    "hotel/stays/services/demo.py": "a share of guests",
}
