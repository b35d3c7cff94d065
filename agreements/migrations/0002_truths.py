"""Truths that must never be false, kept by the database itself: a raw UPDATE, DELETE or TRUNCATE fails too.

What was decided is written once (R44, design.md "Truths"). Each function says what it keeps.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION samverkan_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION samverkan_only_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An assent may be withdrawn, once; nothing else of it ever changes.
    IF OLD.withdrawn_at IS NOT NULL
       OR (to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id') <> (to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id')
    THEN
        RAISE EXCEPTION 'an assent is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_manifest_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A closed manifest never changes; an open one changes only its scan and how it ends.
    IF OLD.closed_at IS NOT NULL OR (to_jsonb(NEW) - 'scan_id' - 'closed_at' - 'withdrawn_at')
        <> (to_jsonb(OLD) - 'scan_id' - 'closed_at' - 'withdrawn_at')
    THEN
        RAISE EXCEPTION 'a manifest is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_part_of_manifest_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    manifest bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.manifest_id ELSE NEW.manifest_id END;
BEGIN
    -- Entries and signatories stand as they were when the first signature was given.
    IF EXISTS (SELECT 1 FROM agreements_signature s JOIN agreements_signatory p ON p.id = s.signatory_id
               WHERE p.manifest_id = manifest)
       OR EXISTS (SELECT 1 FROM agreements_manifest m WHERE m.id = manifest AND m.closed_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'what has been signed does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_revision_is_its_hash() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sha256 <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the hash is not that of the content' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_proposal_keeps_its_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.revision_id <> OLD.revision_id OR NEW.annex_id <> OLD.annex_id
                             OR NEW.submitted_by_id <> OLD.submitted_by_id)
    THEN
        RAISE EXCEPTION 'a proposal keeps its revision' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.status <> NEW.status AND NOT (OLD.status, NEW.status) IN (
        ('in_preparation', 'proposed'), ('in_preparation', 'referred_back'), ('in_preparation', 'withdrawn'),
        ('proposed', 'decided'), ('proposed', 'awaiting_signatures'), ('proposed', 'referred_back'),
        ('proposed', 'rejected'), ('proposed', 'withdrawn'),
        ('awaiting_signatures', 'decided'), ('awaiting_signatures', 'withdrawn'))
    THEN
        RAISE EXCEPTION 'no move from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM agreements_revision r WHERE r.id = NEW.revision_id AND r.annex_id = NEW.annex_id) THEN
        RAISE EXCEPTION 'the revision belongs to another annex' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_decided_has_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'decided' AND NOT EXISTS (
        SELECT 1 FROM agreements_decision d JOIN agreements_revision r ON r.id = d.revision_id
        WHERE d.revision_id = NEW.revision_id AND d.sha256 = r.sha256)
    THEN
        RAISE EXCEPTION 'no decided revision without a decision' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION samverkan_decision_is_grounded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- At commit: of exactly that text, on a proposal that is decided, with the assent of every party or with a
    -- complete, closed set of signatures of exactly that hash.
    IF NOT EXISTS (
        SELECT 1 FROM agreements_revision r JOIN agreements_annex a ON a.id = r.annex_id
        WHERE r.id = NEW.revision_id AND r.sha256 = NEW.sha256 AND r.annex_id = NEW.annex_id
          AND a.agreement_id = NEW.agreement_id)
    THEN
        RAISE EXCEPTION 'the decision is not about that text' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM agreements_proposal p WHERE p.revision_id = NEW.revision_id AND p.status = 'decided')
    THEN
        RAISE EXCEPTION 'the revision is not decided' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.basis = 'steering_group' AND EXISTS (
        SELECT 1 FROM agreements_party party
        WHERE party.agreement_id = NEW.agreement_id AND NOT EXISTS (
            SELECT 1 FROM agreements_assent s JOIN agreements_proposal p ON p.id = s.proposal_id
            WHERE p.revision_id = NEW.revision_id AND s.party_id = party.id AND s.withdrawn_at IS NULL))
    THEN
        RAISE EXCEPTION 'a party has not assented' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.basis = 'signatures' AND (
        NOT EXISTS (
            SELECT 1 FROM agreements_manifestentry e JOIN agreements_manifest m ON m.id = e.manifest_id
            WHERE m.id = NEW.manifest_id AND m.closed_at IS NOT NULL AND e.revision_id = NEW.revision_id
              AND e.sha256 = NEW.sha256 AND e.is_signed_for)
        OR EXISTS (
            SELECT 1 FROM agreements_signatory s
            WHERE s.manifest_id = NEW.manifest_id
              AND NOT EXISTS (SELECT 1 FROM agreements_signature g WHERE g.signatory_id = s.id))
        OR EXISTS (
            SELECT 1 FROM agreements_party party WHERE party.agreement_id = NEW.agreement_id AND NOT EXISTS (
                SELECT 1 FROM agreements_signatory s WHERE s.manifest_id = NEW.manifest_id AND s.party_id = party.id))
        OR EXISTS (
            SELECT 1 FROM agreements_higherdecision h WHERE h.manifest_id = NEW.manifest_id AND h.decided_on IS NULL))
    THEN
        RAISE EXCEPTION 'the set of signatures is not complete' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""

WRITTEN_ONCE = (
    "revision", "decision", "correction", "signature", "move", "consequence", "opinion", "review", "draftsharing",
)  # fmt: skip

NEVER_DELETED = ("assent", "proposal", "manifest", "manifestentry", "meetingentry", "matter")


def _statements() -> str:
    sql = [FUNCTIONS]
    for table in WRITTEN_ONCE:
        sql.append(
            f"CREATE TRIGGER {table}_is_written_once BEFORE UPDATE OR DELETE ON agreements_{table} "
            "FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();"
        )
    for table in NEVER_DELETED:
        sql.append(
            f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON agreements_{table} "
            "FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();"
        )
    for table in WRITTEN_ONCE + NEVER_DELETED:
        sql.append(
            f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON agreements_{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();"
        )
    sql += [
        "CREATE TRIGGER assent_only_withdrawn BEFORE UPDATE ON agreements_assent "
        "FOR EACH ROW EXECUTE FUNCTION samverkan_only_withdrawn();",
        "CREATE TRIGGER manifest_is_fixed BEFORE UPDATE ON agreements_manifest "
        "FOR EACH ROW EXECUTE FUNCTION samverkan_manifest_is_fixed();",
        "CREATE TRIGGER entry_is_fixed BEFORE INSERT OR UPDATE ON agreements_manifestentry "
        "FOR EACH ROW EXECUTE FUNCTION samverkan_part_of_manifest_is_fixed();",
        "CREATE TRIGGER signatory_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON agreements_signatory "
        "FOR EACH ROW EXECUTE FUNCTION samverkan_part_of_manifest_is_fixed();",
        "CREATE TRIGGER revision_is_its_hash BEFORE INSERT ON agreements_revision "
        "FOR EACH ROW EXECUTE FUNCTION samverkan_revision_is_its_hash();",
        "CREATE TRIGGER proposal_keeps_its_revision BEFORE INSERT OR UPDATE ON agreements_proposal "
        "FOR EACH ROW EXECUTE FUNCTION samverkan_proposal_keeps_its_revision();",
        "CREATE CONSTRAINT TRIGGER decided_has_decision AFTER INSERT OR UPDATE ON agreements_proposal "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_decided_has_decision();",
        "CREATE CONSTRAINT TRIGGER decision_is_grounded AFTER INSERT ON agreements_decision "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_decision_is_grounded();",
    ]
    return "\n".join(sql)


UNDO = """
DROP FUNCTION samverkan_is_written_once() CASCADE;
DROP FUNCTION samverkan_only_withdrawn() CASCADE;
DROP FUNCTION samverkan_manifest_is_fixed() CASCADE;
DROP FUNCTION samverkan_part_of_manifest_is_fixed() CASCADE;
DROP FUNCTION samverkan_revision_is_its_hash() CASCADE;
DROP FUNCTION samverkan_proposal_keeps_its_revision() CASCADE;
DROP FUNCTION samverkan_decided_has_decision() CASCADE;
DROP FUNCTION samverkan_decision_is_grounded() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_tables")]

    operations = [migrations.RunSQL(_statements(), UNDO)]
