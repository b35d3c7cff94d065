"""What was kept in code alone: organisation numbers, files that a frozen text shows, matters, logs, tasks.

As in 0002 and 0003 each function says what it keeps, and all of the triggers fire for a replica too. Rows that are
there already are not judged: the check of organisation numbers holds for what is written from now on.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION samverkan_is_org_number(written text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    -- NNNNNN-NNNN, the third digit at least 2, and the sum of Luhn even: every other digit doubled, from the first.
    SELECT written ~ '^[0-9]{2}[2-9][0-9]{3}-[0-9]{4}$' AND (
        SELECT sum(CASE WHEN at % 2 = 1 THEN digit * 2 - CASE WHEN digit > 4 THEN 9 ELSE 0 END ELSE digit END) % 10 = 0
        FROM (SELECT at, CASE WHEN one ~ '[0-9]' THEN one::int ELSE 0 END AS digit
              FROM regexp_split_to_table(replace(written, '-', ''), '') WITH ORDINALITY AS digits (one, at)) AS numbered)
$$;

CREATE FUNCTION samverkan_file_is_needed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A file that a frozen text shows, or that a decision, an entry, a signing or a removal rests on, stays a row: its
    -- bytes may go by a removal, that there was something may not. A decision names its texts by their revisions.
    IF EXISTS (SELECT 1 FROM agreements_revision r WHERE strpos(r.content, OLD.sha256) > 0)
       OR EXISTS (SELECT 1 FROM agreements_decision d WHERE d.minutes_id = OLD.id)
       OR EXISTS (SELECT 1 FROM agreements_meetingentry e WHERE e.minutes_id = OLD.id)
       OR EXISTS (SELECT 1 FROM agreements_manifest m WHERE m.scan_id = OLD.id)
       OR EXISTS (SELECT 1 FROM agreements_higherdecision h WHERE h.file_id = OLD.id)
       OR EXISTS (SELECT 1 FROM agreements_annexfile a WHERE a.file_id = OLD.id)
       OR EXISTS (SELECT 1 FROM agreements_removal x WHERE OLD.id IN (x.file_id, x.masked_file_id)
                  OR x.old_sha256 = OLD.sha256)
    THEN
        RAISE EXCEPTION 'something decided rests on that file' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION samverkan_matter_stays_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Who put it together, and when, stays; whether its parts are bound, as soon as there is a part.
    IF (NEW.agreement_id, NEW.created_at, NEW.created_by_id) IS DISTINCT FROM
       (OLD.agreement_id, OLD.created_at, OLD.created_by_id)
       OR (NEW.is_bound_together <> OLD.is_bound_together
           AND EXISTS (SELECT 1 FROM agreements_proposal p WHERE p.matter_id = OLD.id))
    THEN
        RAISE EXCEPTION 'a matter stays as it was put together' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_proposal_is_of_its_matter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The parts of a matter belong to its agreement.
    IF NEW.matter_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM agreements_matter m JOIN agreements_annex a ON a.agreement_id = m.agreement_id
        WHERE m.id = NEW.matter_id AND a.id = NEW.annex_id)
    THEN
        RAISE EXCEPTION 'the matter belongs to another agreement' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_status_has_its_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- At commit: nothing has moved without a line in the log that says where to.
    IF EXISTS (SELECT 1 FROM agreements_proposal p WHERE p.id = NEW.id AND p.status = NEW.status)
       AND NOT EXISTS (SELECT 1 FROM agreements_move m WHERE m.proposal_id = NEW.id AND m.to_status = NEW.status)
    THEN
        RAISE EXCEPTION 'the proposal moved without a word in the log' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION samverkan_entered_where_it_lies() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    in_agreement bigint;
    now_at text;
BEGIN
    -- What a meeting decided is entered by a coordinator for the own party, while it lies before the group.
    SELECT a.agreement_id, p.status INTO in_agreement, now_at
        FROM agreements_proposal p JOIN agreements_annex a ON a.id = p.annex_id WHERE p.id = NEW.proposal_id;
    IF now_at <> 'proposed' OR NEW.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'it does not lie before the group' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT samverkan_sits(NEW.entered_by_id, NEW.party_id, in_agreement, ARRAY['coordinator'],
                          ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'], samverkan_day(NEW.entered_at))
    THEN
        RAISE EXCEPTION 'not a coordinator of that party on that day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_task_is_only_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What a decision made necessary stays necessary until it is done, once.
    IF OLD.done_at IS NOT NULL
       OR (to_jsonb(NEW) - 'done_at' - 'done_by_id') <> (to_jsonb(OLD) - 'done_at' - 'done_by_id')
    THEN
        RAISE EXCEPTION 'a task is done once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_own_room_is_left_by_sharing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An own draft becomes shared by a logged act, does not become the other party's, and is not taken back.
    IF OLD.draft_party_id IS DISTINCT FROM NEW.draft_party_id AND (
        (OLD.draft_party_id IS NOT NULL AND (NEW.draft_party_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM agreements_draftsharing s WHERE s.annex_id = OLD.id AND s.party_id = OLD.draft_party_id)))
        OR (OLD.draft_party_id IS NULL
            AND EXISTS (SELECT 1 FROM agreements_draftsharing s WHERE s.annex_id = OLD.id)))
    THEN
        RAISE EXCEPTION 'a draft is shared by a logged act' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_shared_by_its_party() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A party shares what is its own.
    IF NOT EXISTS (SELECT 1 FROM agreements_annex a WHERE a.id = NEW.annex_id AND a.draft_party_id = NEW.party_id) THEN
        RAISE EXCEPTION 'it is not that party''s own draft' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_log_keeps_who_and_what() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A line of a working text's history may lose unlawful words, and is joined with one person's next; it stays about
    -- the same row, and the same person's.
    IF (to_jsonb(NEW) -> 'id', NEW.history_id, NEW.history_type, NEW.history_user_id)
        IS DISTINCT FROM (to_jsonb(OLD) -> 'id', OLD.history_id, OLD.history_type, OLD.history_user_id)
    THEN
        RAISE EXCEPTION 'a log keeps who did what' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

BEFORE = (
    ("file_is_needed", "DELETE", "storedfile", "file_is_needed"),
    ("matter_stays_together", "UPDATE", "matter", "matter_stays_together"),
    ("proposal_is_of_its_matter", "INSERT", "proposal", "proposal_is_of_its_matter"),
    ("entered_where_it_lies", "INSERT", "meetingentry", "entered_where_it_lies"),
    ("task_is_only_done", "UPDATE", "task", "task_is_only_done"),
    ("task_is_never_deleted", "DELETE", "task", "is_written_once"),
    ("own_room_is_left_by_sharing", "UPDATE", "annex", "own_room_is_left_by_sharing"),
    ("shared_by_its_party", "INSERT", "draftsharing", "shared_by_its_party"),
    ("printout_is_made_once", "UPDATE", "printout", "is_written_once"),
)  # fmt: skip
"""(name, when, table, function) of the triggers for each row."""

LOGS = (
    "affiliation", "agreement", "contact", "governinggroup", "membership", "organisation", "organisationname",
    "participant", "party", "seat",
)  # fmt: skip
"""Whose history nothing changes: who joined and left, what a party and an organisation were called."""

WORKING_LOGS = (
    "actionplansheet", "annex", "annexfile", "commitment", "definition", "priorityarea", "section", "sheetcolumn", "sheetfield",
    "sheetvalue", "source",
)  # fmt: skip
"""Whose history one person's savings are joined in, and unlawful words removed from."""

NEVER_EMPTIED = ("task", *(f"historical{name}" for name in (*LOGS, *WORKING_LOGS)))

ORG_NUMBER = """
ALTER TABLE agreements_organisation ADD CONSTRAINT organisation_number_is_right
    CHECK (org_number = '' OR samverkan_is_org_number(org_number)) NOT VALID;
"""

STATUS_HAS_ITS_MOVE = """
CREATE CONSTRAINT TRIGGER status_has_its_move AFTER INSERT OR UPDATE OF status ON agreements_proposal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_status_has_its_move();
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


def _triggers() -> list[tuple[str, str, str, str]]:
    """(name, when, table, function) of all triggers for each row, the logs' included."""
    logs = [(f"{name}_log_stays", "UPDATE OR DELETE", f"historical{name}", "is_written_once") for name in LOGS]
    working = [
        (f"{name}_log_keeps_who", "UPDATE", f"historical{name}", "log_keeps_who_and_what") for name in WORKING_LOGS
    ]
    kept = [(f"{name}_log_stays", "DELETE", f"historical{name}", "is_written_once") for name in ("annex", "annexfile")]
    return [*BEFORE, *logs, *working, *kept]


def _statements() -> str:
    rows = [
        f"CREATE TRIGGER {name} BEFORE {when} ON agreements_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION samverkan_{function}();"
        for name, when, table, function in _triggers()
    ]
    emptied = [
        f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON agreements_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();"
        for table in NEVER_EMPTIED
    ]
    return "\n".join([FUNCTIONS, *rows, *emptied, ORG_NUMBER, STATUS_HAS_ITS_MOVE, ALWAYS])


def _undo() -> str:
    own = {function for _name, _when, _table, function in _triggers()} - {"is_written_once"} | {"status_has_its_move"}
    rows = [f"DROP TRIGGER {name} ON agreements_{table};" for name, _when, table, _function in _triggers()]
    emptied = [f"DROP TRIGGER {table}_is_never_emptied ON agreements_{table};" for table in NEVER_EMPTIED]
    return "\n".join([
        *rows,
        *emptied,
        *(f"DROP FUNCTION samverkan_{name}() CASCADE;" for name in sorted(own)),
        "ALTER TABLE agreements_organisation DROP CONSTRAINT organisation_number_is_right;",
        "DROP FUNCTION samverkan_is_org_number(text);",
    ])  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("agreements", "0017_one_seat_and_one_name_a_day")]

    operations = [migrations.RunSQL(_statements(), _undo())]
