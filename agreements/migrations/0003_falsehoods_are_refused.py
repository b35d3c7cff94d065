"""What else must never be false: falsehoods that are written anew, and facts around a decision that are rewritten.

0002 keeps what was decided from being changed. Here an assent, a move, a signature and a closed signing are
judged when they are written, and what they rest on stays: the entered decision, the proposal's words, the
decisions from above, the files. Each function says what it keeps. All of the triggers fire also for a session
that calls itself a replica, which a superuser's may.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION samverkan_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (moment AT TIME ZONE 'Europe/Stockholm')::date
$$;

CREATE FUNCTION samverkan_sits(
    person bigint, for_party bigint, agreement bigint, roles text[], capacities text[], on_day date
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM agreements_membership m JOIN agreements_rolegroup g ON g.id = m.role_group_id
        WHERE (person IS NULL OR m.user_id = person) AND m.user_id IS NOT NULL AND m.party_id = for_party
          AND g.agreement_id = agreement AND g.role = ANY (roles) AND m.capacity = ANY (capacities)
          AND m.starts_on <= on_day AND (m.ends_on IS NULL OR m.ends_on >= on_day))
$$;

CREATE FUNCTION samverkan_assent_is_somebodys_to_give() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    on_proposal agreements_proposal%ROWTYPE;
    in_agreement bigint;
    on_day date := samverkan_day(NEW.given_at);
BEGIN
    -- Of a party of that agreement, to what lies before the group, by who decided for the party that day, not by
    -- the one who submitted it, and nobody for two parties. One entered from a meeting rests on an entry.
    SELECT * INTO on_proposal FROM agreements_proposal WHERE id = NEW.proposal_id;
    SELECT a.agreement_id INTO in_agreement FROM agreements_annex a WHERE a.id = on_proposal.annex_id;
    IF on_proposal.status <> 'proposed' OR NEW.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'no assent to what is not proposed' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_assent s WHERE s.proposal_id = NEW.proposal_id
               AND s.given_by_id = NEW.given_by_id AND s.withdrawn_at IS NULL)
    THEN
        RAISE EXCEPTION 'nobody assents for two parties' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.is_entered THEN
        IF NOT EXISTS (SELECT 1 FROM agreements_meetingentry e WHERE e.proposal_id = NEW.proposal_id) THEN
            RAISE EXCEPTION 'no decision of a meeting has been entered' USING ERRCODE = 'check_violation';
        END IF;
        IF samverkan_sits(NEW.given_by_id, NEW.party_id, in_agreement, ARRAY['coordinator'],
                          ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'], on_day)
        THEN
            RETURN NEW;
        END IF;
    ELSIF on_proposal.submitted_by_id = NEW.given_by_id THEN
        RAISE EXCEPTION 'who submitted it does not assent' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT samverkan_sits(NEW.given_by_id, NEW.party_id, in_agreement, ARRAY['steering'],
                          ARRAY['decision_maker'], on_day)
       AND NOT (samverkan_sits(NEW.given_by_id, NEW.party_id, in_agreement, ARRAY['steering'],
                               ARRAY['substitute'], on_day)
                AND NOT samverkan_sits(NULL, NEW.party_id, in_agreement, ARRAY['steering'],
                                       ARRAY['decision_maker'], on_day))
    THEN
        RAISE EXCEPTION 'not a decision-maker of that party on that day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_assent_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What a decision rests on is not taken back afterwards.
    IF EXISTS (SELECT 1 FROM agreements_proposal p WHERE p.id = OLD.proposal_id AND p.status = 'decided') THEN
        RAISE EXCEPTION 'it has been decided on that assent' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_entry_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What a coordinator entered from a meeting stays as it was entered; it is closed, once.
    IF OLD.closed_at IS NOT NULL OR (to_jsonb(NEW) - 'closed_at') <> (to_jsonb(OLD) - 'closed_at') THEN
        RAISE EXCEPTION 'an entered decision is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_proposal_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What was submitted stays as submitted; it moves, and the answer may be wanted another day, until it is settled.
    IF (to_jsonb(NEW) - 'status' - 'status_since' - 'answer_wanted_by')
        <> (to_jsonb(OLD) - 'status' - 'status_since' - 'answer_wanted_by')
       OR (OLD.status IN ('decided', 'referred_back', 'rejected', 'withdrawn') AND to_jsonb(NEW) <> to_jsonb(OLD))
    THEN
        RAISE EXCEPTION 'a proposal stays as it was submitted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_signed_has_signatures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What was sent to signature is decided by signatures and nothing else.
    IF OLD.status = 'awaiting_signatures' AND NEW.status = 'decided' AND NOT EXISTS (
        SELECT 1 FROM agreements_decision d WHERE d.revision_id = NEW.revision_id AND d.basis = 'signatures')
    THEN
        RAISE EXCEPTION 'no signed version without signatures' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION samverkan_said_while_it_lies_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_at text := (SELECT p.status FROM agreements_proposal p WHERE p.id = NEW.proposal_id);
BEGIN
    -- A move tells where the proposal is; opinions and consequences are not added to what has been settled.
    IF TG_TABLE_NAME = 'agreements_move' THEN
        IF to_jsonb(NEW) ->> 'to_status' <> now_at THEN
            RAISE EXCEPTION 'the move does not tell where the proposal is' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF now_at NOT IN ('in_preparation', 'proposed', 'awaiting_signatures') THEN
        RAISE EXCEPTION 'the proposal has been settled' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_decided_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Nothing is decided or signed on a day that is still to come.
    IF (to_jsonb(NEW) ->> TG_ARGV[0])::date > samverkan_day(now()) THEN
        RAISE EXCEPTION 'that day is still to come' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_manifest_closes_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A signing begins open, changes no more when it has ended, and is complete when it closes.
    IF TG_OP = 'INSERT' THEN
        IF NEW.closed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
            RAISE EXCEPTION 'a signing begins open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'the signing has been given up' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.closed_at IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM agreements_manifestentry e WHERE e.manifest_id = NEW.id AND e.is_signed_for)
        OR EXISTS (
            SELECT 1 FROM agreements_signatory s WHERE s.manifest_id = NEW.id
              AND NOT EXISTS (SELECT 1 FROM agreements_signature g WHERE g.signatory_id = s.id))
        OR EXISTS (
            SELECT 1 FROM agreements_party party WHERE party.agreement_id = NEW.agreement_id AND NOT EXISTS (
                SELECT 1 FROM agreements_signatory s WHERE s.manifest_id = NEW.id AND s.party_id = party.id))
        OR EXISTS (
            SELECT 1 FROM agreements_higherdecision h WHERE h.manifest_id = NEW.id AND h.decided_on IS NULL))
    THEN
        RAISE EXCEPTION 'the set of signatures is not complete' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION samverkan_manifest_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An open manifest changes only its scan and how it ends; a closed one gets the scan that it lacks, once: the
    -- paper is often scanned when the last has signed.
    IF (to_jsonb(NEW) - 'scan_id' - 'closed_at' - 'withdrawn_at')
        <> (to_jsonb(OLD) - 'scan_id' - 'closed_at' - 'withdrawn_at')
       OR (OLD.closed_at IS NOT NULL AND (OLD.scan_id IS NOT NULL OR NEW.scan_id IS NULL
           OR (to_jsonb(NEW) - 'scan_id') <> (to_jsonb(OLD) - 'scan_id')))
    THEN
        RAISE EXCEPTION 'a manifest is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_entry_is_its_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An entry names a text of that agreement by the hash of its content.
    IF NOT EXISTS (
        SELECT 1 FROM agreements_manifest m JOIN agreements_agreement g ON g.id = m.agreement_id
        JOIN agreements_revision r ON r.id = NEW.revision_id JOIN agreements_annex a ON a.id = r.annex_id
        WHERE m.id = NEW.manifest_id AND r.sha256 = NEW.sha256 AND a.agreement_id IN (g.id, g.parent_id))
    THEN
        RAISE EXCEPTION 'the entry is not that text' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_stays_with_its_manifest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Nothing is carried from one signing to another.
    IF NEW.manifest_id <> OLD.manifest_id THEN
        RAISE EXCEPTION 'what has been signed does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_of_an_open_manifest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    of_manifest bigint := COALESCE(
        (row_now ->> 'manifest_id')::bigint,
        (SELECT s.manifest_id FROM agreements_signatory s WHERE s.id = (row_now ->> 'signatory_id')::bigint));
BEGIN
    -- Signatures, decisions from above and originals belong to a signing that is open.
    IF EXISTS (SELECT 1 FROM agreements_manifest m WHERE m.id = of_manifest
               AND (m.closed_at IS NOT NULL OR m.withdrawn_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'the signing has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_review_is_of_what_was_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM agreements_decision d
                   WHERE d.revision_id = NEW.revision_id AND d.annex_id = NEW.annex_id)
    THEN
        RAISE EXCEPTION 'only what was decided is looked over' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_file_is_its_hash() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Minutes, scans and pictures are named by their hash: the row never comes to mean other bytes.
    IF (NEW.sha256, NEW.agreement_id, NEW.kind, NEW.media_type, NEW.size, NEW.uploaded_at)
        IS DISTINCT FROM (OLD.sha256, OLD.agreement_id, OLD.kind, OLD.media_type, OLD.size, OLD.uploaded_at)
    THEN
        RAISE EXCEPTION 'a stored file stays what it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_keeps_its_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An annex and a party belong where they began; a party that has decided stays the organisation that it was.
    IF NEW.agreement_id <> OLD.agreement_id
       OR (to_jsonb(NEW) -> 'organisation_id' IS DISTINCT FROM to_jsonb(OLD) -> 'organisation_id'
           AND EXISTS (SELECT 1 FROM agreements_decision d WHERE d.agreement_id = OLD.agreement_id))
    THEN
        RAISE EXCEPTION 'it stays in its agreement' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

AS_IT_WAS = """
CREATE OR REPLACE FUNCTION samverkan_manifest_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A closed manifest never changes; an open one changes only its scan and how it ends.
    IF OLD.closed_at IS NOT NULL OR (to_jsonb(NEW) - 'scan_id' - 'closed_at' - 'withdrawn_at')
        <> (to_jsonb(OLD) - 'scan_id' - 'closed_at' - 'withdrawn_at')
    THEN
        RAISE EXCEPTION 'a manifest is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

BEFORE = (
    ("assent_is_somebodys_to_give", "INSERT", "assent", "assent_is_somebodys_to_give()"),
    ("assent_stands", "UPDATE", "assent", "assent_stands()"),
    ("entry_only_closes", "UPDATE", "meetingentry", "entry_only_closes()"),
    ("proposal_keeps_its_words", "UPDATE", "proposal", "proposal_keeps_its_words()"),
    ("move_tells_where_it_is", "INSERT", "move", "said_while_it_lies_there()"),
    ("opinion_comes_in_time", "INSERT", "opinion", "said_while_it_lies_there()"),
    ("consequence_comes_in_time", "INSERT", "consequence", "said_while_it_lies_there()"),
    ("decided_in_time", "INSERT", "decision", "decided_in_time('decided_on')"),
    ("entered_in_time", "INSERT", "meetingentry", "decided_in_time('decided_on')"),
    ("signed_in_time", "INSERT", "signature", "decided_in_time('signed_on')"),
    ("manifest_closes_complete", "INSERT OR UPDATE", "manifest", "manifest_closes_complete()"),
    ("entry_is_its_text", "INSERT OR UPDATE", "manifestentry", "entry_is_its_text()"),
    ("entry_stays", "UPDATE", "manifestentry", "stays_with_its_manifest()"),
    ("signatory_stays", "UPDATE", "signatory", "stays_with_its_manifest()"),
    ("higher_decision_stays", "UPDATE", "higherdecision", "stays_with_its_manifest()"),
    ("original_stays", "UPDATE", "originalcopy", "stays_with_its_manifest()"),
    ("signature_is_of_an_open_one", "INSERT", "signature", "of_an_open_manifest()"),
    ("higher_decision_is_of_an_open_one", "INSERT OR UPDATE OR DELETE", "higherdecision", "of_an_open_manifest()"),
    ("original_is_of_an_open_one", "INSERT OR UPDATE OR DELETE", "originalcopy", "of_an_open_manifest()"),
    ("review_is_of_what_was_decided", "INSERT", "review", "review_is_of_what_was_decided()"),
    ("file_is_its_hash", "UPDATE", "storedfile", "file_is_its_hash()"),
    ("annex_keeps_its_agreement", "UPDATE", "annex", "keeps_its_agreement()"),
    ("party_keeps_its_agreement", "UPDATE", "party", "keeps_its_agreement()"),
)  # fmt: skip
"""(name, when, table, function) of the triggers for each row."""

NEVER_EMPTIED = ("signatory", "higherdecision", "originalcopy", "storedfile")

AFTER = """
CREATE CONSTRAINT TRIGGER signed_has_signatures AFTER UPDATE ON agreements_proposal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_signed_has_signatures();
"""

ALWAYS = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT t.tgrelid::regclass AS of_table, t.tgname AS name FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE NOT t.tgisinternal AND p.proname LIKE 'samverkan\\_%'
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', found.of_table, found.name);
    END LOOP;
END $$;
"""


def _statements() -> str:
    rows = [
        f"CREATE TRIGGER {name} BEFORE {when} ON agreements_{table} FOR EACH ROW EXECUTE FUNCTION samverkan_{function};"
        for name, when, table, function in BEFORE
    ]
    emptied = [
        f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON agreements_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();"
        for table in NEVER_EMPTIED
    ]
    return "\n".join([FUNCTIONS, *rows, *emptied, AFTER, ALWAYS])


def _undo() -> str:
    functions = {function.partition("(")[0] for _name, _when, _table, function in BEFORE} | {"signed_has_signatures"}
    emptied = [f"DROP TRIGGER {table}_is_never_emptied ON agreements_{table};" for table in NEVER_EMPTIED]
    dropped = [f"DROP FUNCTION samverkan_{name}() CASCADE;" for name in sorted(functions)]
    helpers = [
        "DROP FUNCTION samverkan_sits(bigint, bigint, bigint, text[], text[], date);",
        "DROP FUNCTION samverkan_day(timestamptz);",
    ]
    return "\n".join([*emptied, *dropped, *helpers, AS_IT_WAS])


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_truths")]

    operations = [migrations.RunSQL(_statements(), _undo())]
