"""What must hold about guests whatever code does."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules of guests as SQL that returns violations."""
    yield Invariant(
        "inv_profile_chain",
        "A profile is linked to properties of its own chain only.",
        "SELECT p.id FROM guests_profileatproperty p JOIN properties_property h ON h.id = p.property_id "
        "LEFT JOIN guests_guest g ON g.id = p.guest_id LEFT JOIN guests_company c ON c.id = p.company_id "
        "WHERE h.chain_id <> coalesce(g.chain_id, c.chain_id)",
    )
    yield Invariant(
        "inv_merge_chain",
        "Merges and matches stay within one chain.",
        "SELECT m.id FROM guests_guestmerge m JOIN guests_guest a ON a.id = m.kept_id "
        "JOIN guests_guest b ON b.id = m.merged_id WHERE m.chain_id <> a.chain_id OR m.chain_id <> b.chain_id "
        "UNION ALL SELECT m.id FROM guests_guestmatch m JOIN guests_guest a ON a.id = m.first_id "
        "JOIN guests_guest b ON b.id = m.second_id WHERE m.chain_id <> a.chain_id OR m.chain_id <> b.chain_id",
    )
    yield Invariant(
        "inv_tombstone_has_merge",
        "A profile is a tombstone exactly while a merge of it stands, and leads to the profile kept then.",
        "SELECT g.id FROM guests_guest g LEFT JOIN guests_guestmerge m "
        "ON m.merged_id = g.id AND m.unmerged_at IS NULL WHERE g.merged_into_id IS DISTINCT FROM m.kept_id",
    )
    yield Invariant(
        "inv_no_open_match_of_tombstone",
        "The review queue suggests profiles that live only.",
        "SELECT m.id FROM guests_guestmatch m JOIN guests_guest g ON g.id IN (m.first_id, m.second_id) "
        "WHERE m.status = 'open' AND g.merged_into_id IS NOT NULL",
    )
    yield Invariant(
        "inv_contact_fingerprint",
        "An e-mail address or telephone number has a fingerprint, and nothing else has one.",
        "SELECT id FROM guests_guest WHERE (email = '') <> (email_fingerprint = '') "
        "OR (phone = '') <> (phone_fingerprint = '') UNION ALL "
        "SELECT id FROM guests_company WHERE (email = '') <> (email_fingerprint = '') "
        "OR (phone = '') <> (phone_fingerprint = '')",
    )
    yield Invariant(
        "inv_search_text",
        "Every living guest is found at his properties; tombstones, erased and restricted ones are not.",
        "SELECT p.id FROM guests_profileatproperty p JOIN guests_guest g ON g.id = p.guest_id "
        "WHERE (g.merged_into_id IS NULL AND g.erased_at IS NULL AND g.processing_restricted_at IS NULL) "
        "<> (p.search_text <> '')",
    )
