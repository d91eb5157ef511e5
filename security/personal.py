"""What security knows of persons."""

from hotel.core.plugs import PersonalData

_ENTRY = ("row_pk", "old", "new", "address")

PERSONAL = (
    PersonalData(
        model="security.PrivacyRequest",
        fields=("kind", "status", "received_on", "words", "changes", "history", "identity_check", "outcome"),
        tier="T2", purpose="to answer requests about data", legal_basis="legal_obligation",
        retention="privacy_case", subjects=("guest_id",),
        kept="that a request was made and answered is proof (GDPR 5(2)); its words and values go",
    ),
    PersonalData(
        model="security.LegalHold", fields=("kind", "reference", "reason"), tier="T2",
        purpose="to establish or defend claims", legal_basis="legal_obligation", retention="privacy_case",
        subjects=("guest_id",), source="courts, police, authorities, the hotel's staff",
        kept="proof of why something was kept (GDPR 17(3)(e)); the words go with the guest",
    ),
    PersonalData(
        model="security.EmergencyAccess", fields=("review_note",), tier="T1", purpose="to know who had which rights",
        legal_basis="legitimate_interest", retention="access_log", whose="staff", source="the hotel's staff",
    ),
    PersonalData(
        model="security.AccessReviewItem", fields=("note",), tier="T1", purpose="to know who had which rights",
        legal_basis="legitimate_interest", retention="access_log", whose="staff", source="the hotel's staff",
    ),
    PersonalData(
        model="security.SecurityIncident", fields=("summary", "subject", "consequences", "measures", "lessons"),
        tier="T1", purpose="to respond to incidents and keep the register of breaches (GDPR 33(5))",
        legal_basis="legal_obligation", retention="access_log", whose="staff", source="the house itself, its staff",
    ),
    PersonalData(
        model="security.IncidentEntry", fields=("text", "detail"), tier="T1", purpose="to prove how an incident went",
        legal_basis="legal_obligation", retention="access_log", whose="staff", source="the house itself, its staff",
    ),
    PersonalData(
        model="security.IncidentContainment", fields=("target", "reason", "effect", "result", "undo_reason"),
        tier="T1", purpose="to prove what was done against whom, and to take it back",
        legal_basis="legal_obligation", retention="access_log", whose="staff", source="the house's staff",
    ),
    PersonalData(
        model="security.IncidentEvidence", fields=("content",), tier="T2", purpose="to prove what happened",
        legal_basis="legal_obligation", retention="access_log", whose="staff",
        source="rows of the house, its staff",
    ),
    PersonalData(
        model="auditlog.LogEntry", fields=("changes", "object_repr", "remote_addr", "actor"), tier="T2",
        purpose="to know who changed what", legal_basis="legitimate_interest", retention="access_log",
        whose="staff", source="the house itself",
    ),
    PersonalData(
        model="security.AuditLog", fields=_ENTRY, tier="T2", whose="staff",
        purpose="to prove who changed what; of guests it holds what the change itself held, ciphertext where that is",
        legal_basis="legitimate_interest", retention="access_log", source="the database",
    ),
    PersonalData(
        model="security.AccessEvent", fields=_ENTRY, tier="T2", whose="staff",
        purpose="to prove who looked at whose data; guests appear by their keys only",
        legal_basis="legal_obligation", retention="access_log", source="the database",
    ),
)  # fmt: skip

IMPERSONAL = {
    "security.ComplianceReport.figures": "counts",
    "security.ComplianceReport.changes": "counts",
    "security.ComplianceItem.grounds": "what was looked at, and who gave evidence by name of his account",
    "security.PrivacyBundle.document": "made of what is declared elsewhere; gone after a week",
    "security.PrivacyBundle.printed": "made of what is declared elsewhere; gone after a week",
    "security.ErasureCertificate.guest_id": "a pseudonym, on purpose: names nobody any more",
    "security.ErasureCertificate.erased": "counts",
    "security.ErasureCertificate.kept": "counts and reasons",
    "security.RetentionRun.due_ids": "ids, whose rows are declared",
    "security.ImpactAssessment.sections": "about processing, not about persons",
    "security.AuditLog.row_hash": "a hash of the entry",
    "security.AccessEvent.row_hash": "a hash of the entry",
    "security.AuditSeal.root": "a hash over hashes",
    "security.AuditSeal.log_root": "a hash over hashes",
    "security.AuditSeal.signature": "made by a key of the installation",
    "security.KeyRotation.position": "where a job stands",
    "security.SealMark.frontier": "hashes over hashes",
    "security.TrailJob.filters": "what an export was asked to hold: tables, keys and times",
    "security.TrailJob.result": "figures, and numbers of entries",
}
