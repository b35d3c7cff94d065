"""Removing unlawful content: an act of two persons that leaves a tombstone, and the one path that the database lets
through to what is otherwise written once (design.md, "Truths"). Each function says what it keeps.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION samverkan_hash(content text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex')
$$;

CREATE FUNCTION samverkan_removal_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- It begins as a request about exactly what there is, and is answered once; a confirmed one is never of a text
    -- that a group has before it, nor of one that has become another since.
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'requested' OR NEW.redacted_sha256 <> '' OR NEW.answered_for_id IS NOT NULL THEN
            RAISE EXCEPTION 'a removal begins as a request' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM agreements_revision r JOIN agreements_annex a ON a.id = r.annex_id
                       WHERE r.id = NEW.revision_id AND r.sha256 = NEW.old_sha256 AND a.agreement_id = NEW.agreement_id)
           AND NOT EXISTS (SELECT 1 FROM agreements_storedfile f WHERE f.id = NEW.file_id
                           AND f.sha256 = NEW.old_sha256 AND f.agreement_id = NEW.agreement_id)
        THEN
            RAISE EXCEPTION 'not the hash of what is to be removed' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM agreements_party p
                       WHERE p.id = NEW.party_id AND p.agreement_id = NEW.agreement_id)
        THEN
            RAISE EXCEPTION 'asked for by no party of the agreement' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> 'requested' OR NEW.status = 'requested'
       OR (to_jsonb(NEW) - 'status' - 'redacted_sha256' - 'selection' - 'answered_at' - 'answered_by_id'
           - 'answered_for_id' - 'answer')
        <> (to_jsonb(OLD) - 'status' - 'redacted_sha256' - 'selection' - 'answered_at' - 'answered_by_id'
           - 'answered_for_id' - 'answer')
    THEN
        RAISE EXCEPTION 'a removal is answered once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'confirmed' AND NOT EXISTS (SELECT 1 FROM agreements_party p
                                                WHERE p.id = NEW.answered_for_id AND p.agreement_id = NEW.agreement_id)
    THEN
        RAISE EXCEPTION 'confirmed by no party of the agreement' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'confirmed' AND NEW.revision_id IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM agreements_revision r WHERE r.id = NEW.revision_id AND r.sha256 = NEW.old_sha256)
        OR EXISTS (SELECT 1 FROM agreements_removal x WHERE x.revision_id = NEW.revision_id
                   AND x.status = 'confirmed' AND x.old_sha256 = NEW.redacted_sha256)
        OR EXISTS (SELECT 1 FROM agreements_proposal p WHERE p.revision_id = NEW.revision_id
                   AND p.status IN ('in_preparation', 'proposed', 'awaiting_signatures')))
    THEN
        RAISE EXCEPTION 'that text cannot be removed from now' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_removal_is_carried_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words record;
    now_is text;
BEGIN
    -- At commit: what was confirmed has been done, all of it, in the same transaction.
    IF NEW.status <> 'confirmed' THEN
        RETURN NULL;
    END IF;
    IF NEW.revision_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM agreements_revision r WHERE r.id = NEW.revision_id AND r.sha256 = NEW.redacted_sha256)
    THEN
        RAISE EXCEPTION 'a confirmed removal has not been carried out' USING ERRCODE = 'check_violation';
    END IF;
    FOR words IN SELECT * FROM agreements_removedtext t WHERE t.removal_id = NEW.id LOOP
        EXECUTE format('SELECT samverkan_hash(%I) FROM %I WHERE id = $1', words.column_name, words.table_name)
            INTO now_is USING words.row_id;
        IF now_is IS DISTINCT FROM words.new_sha256 THEN
            RAISE EXCEPTION 'a confirmed removal has not been carried out' USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION samverkan_text_of_an_open_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Which further texts lose words is named before the removal is confirmed, never afterwards.
    IF NOT EXISTS (SELECT 1 FROM agreements_removal x WHERE x.id = NEW.removal_id AND x.status = 'requested') THEN
        RAISE EXCEPTION 'a removal is answered once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_content_is_removed(was jsonb, becomes jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
    -- A revision becomes the edition whose hash a confirmed removal of exactly that revision and text names.
    SELECT (becomes - 'content' - 'sha256' - 'plain_text' - 'word_count')
         = (was - 'content' - 'sha256' - 'plain_text' - 'word_count')
       AND becomes ->> 'sha256' = samverkan_hash(becomes ->> 'content')
       AND EXISTS (SELECT 1 FROM agreements_removal x
                   WHERE x.revision_id = (was ->> 'id')::bigint AND x.status = 'confirmed'
                     AND x.old_sha256 = was ->> 'sha256' AND x.redacted_sha256 = becomes ->> 'sha256')
$$;

CREATE FUNCTION samverkan_words_are_removed(of_table text, was jsonb, becomes jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    -- One column of one row, from the one hash to the other, as a confirmed removal names them.
    SELECT EXISTS (SELECT 1 FROM agreements_removedtext t JOIN agreements_removal x ON x.id = t.removal_id
                   WHERE x.status = 'confirmed' AND t.table_name = of_table AND t.row_id = (was ->> 'id')::bigint
                     AND becomes - t.column_name = was - t.column_name
                     AND t.old_sha256 = samverkan_hash(was ->> t.column_name)
                     AND t.new_sha256 = samverkan_hash(becomes ->> t.column_name))
$$;

CREATE OR REPLACE FUNCTION samverkan_decided_has_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The decision keeps the hash of what was decided, also when content has been removed from the text since.
    IF NEW.status = 'decided' AND NOT EXISTS (
        SELECT 1 FROM agreements_decision d JOIN agreements_revision r ON r.id = d.revision_id
        WHERE d.revision_id = NEW.revision_id AND (d.sha256 = r.sha256 OR EXISTS (
            SELECT 1 FROM agreements_removal x
            WHERE x.revision_id = r.id AND x.status = 'confirmed' AND x.old_sha256 = d.sha256)))
    THEN
        RAISE EXCEPTION 'no decided revision without a decision' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""

AS_IT_WAS = """
CREATE OR REPLACE FUNCTION samverkan_decided_has_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'decided' AND NOT EXISTS (
        SELECT 1 FROM agreements_decision d JOIN agreements_revision r ON r.id = d.revision_id
        WHERE d.revision_id = NEW.revision_id AND d.sha256 = r.sha256)
    THEN
        RAISE EXCEPTION 'no decided revision without a decision' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""

WRITTEN_ONCE = ("revision", "decision", "correction", "move", "consequence", "opinion", "review", "draftsharing")
"""What 0002 lets nobody change, and that holds words: here each of these lets through what a removal names."""

GUARDED = (
    *((table, f"{table}_is_written_once", "is_written_once") for table in WRITTEN_ONCE),
    ("proposal", "proposal_keeps_its_words", "proposal_keeps_its_words"),
    ("meetingentry", "entry_only_closes", "entry_only_closes"),
)
"""(table, trigger, function) of all that refuses a change of such words."""

REMOVALS = """
CREATE TRIGGER removal_is_answered_once BEFORE INSERT OR UPDATE ON agreements_removal
    FOR EACH ROW EXECUTE FUNCTION samverkan_removal_is_answered_once();
CREATE TRIGGER removal_is_never_deleted BEFORE DELETE ON agreements_removal
    FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER removal_is_never_emptied BEFORE TRUNCATE ON agreements_removal
    FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();
CREATE CONSTRAINT TRIGGER removal_is_carried_out AFTER INSERT OR UPDATE ON agreements_removal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_removal_is_carried_out();
CREATE TRIGGER removedtext_is_of_an_open_removal BEFORE INSERT ON agreements_removedtext
    FOR EACH ROW EXECUTE FUNCTION samverkan_text_of_an_open_removal();
CREATE TRIGGER removedtext_is_written_once BEFORE UPDATE OR DELETE ON agreements_removedtext
    FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER removedtext_is_never_emptied BEFORE TRUNCATE ON agreements_removedtext
    FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();
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
    sql = [FUNCTIONS]
    for table, trigger, function in GUARDED:
        allowed = f"samverkan_words_are_removed('agreements_{table}', to_jsonb(OLD.*), to_jsonb(NEW.*))"
        if table == "revision":
            allowed += " OR samverkan_content_is_removed(to_jsonb(OLD.*), to_jsonb(NEW.*))"
        sql += [
            f"DROP TRIGGER {trigger} ON agreements_{table};",
            f"CREATE TRIGGER {trigger} BEFORE UPDATE ON agreements_{table} FOR EACH ROW "
            f"WHEN (NOT ({allowed})) EXECUTE FUNCTION samverkan_{function}();",
        ]
        if table in WRITTEN_ONCE:
            sql.append(
                f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON agreements_{table} "
                "FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();"
            )
    return "\n".join([*sql, REMOVALS, ALWAYS])


def _undo() -> str:
    sql = []
    for table, trigger, function in GUARDED:
        sql.append(f"DROP TRIGGER {trigger} ON agreements_{table};")
        when = "UPDATE"
        if table in WRITTEN_ONCE:
            sql.append(f"DROP TRIGGER {table}_is_never_deleted ON agreements_{table};")
            when = "UPDATE OR DELETE"
        sql.append(
            f"CREATE TRIGGER {trigger} BEFORE {when} ON agreements_{table} "
            f"FOR EACH ROW EXECUTE FUNCTION samverkan_{function}();"
        )
    sql += [
        AS_IT_WAS,
        "DROP TRIGGER removal_is_never_deleted ON agreements_removal;",
        "DROP TRIGGER removal_is_never_emptied ON agreements_removal;",
        "DROP TRIGGER removedtext_is_written_once ON agreements_removedtext;",
        "DROP TRIGGER removedtext_is_never_emptied ON agreements_removedtext;",
        "DROP FUNCTION samverkan_removal_is_answered_once() CASCADE;",
        "DROP FUNCTION samverkan_removal_is_carried_out() CASCADE;",
        "DROP FUNCTION samverkan_text_of_an_open_removal() CASCADE;",
        "DROP FUNCTION samverkan_content_is_removed(jsonb, jsonb);",
        "DROP FUNCTION samverkan_words_are_removed(text, jsonb, jsonb);",
        "DROP FUNCTION samverkan_hash(text);",
        ALWAYS,
    ]
    return "\n".join(sql)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_falsehoods_are_refused"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("confirmed", "Removed"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("old_sha256", models.CharField(max_length=64)),
                ("redacted_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("personal_data", "personal data, article 17 of the General Data Protection Regulation"),
                            ("secrecy", "secrecy, the Public Access to Information and Secrecy Act"),
                            ("other", "another law"),
                        ],
                        max_length=14,
                        verbose_name="legal ground",
                    ),
                ),
                ("provision", models.CharField(blank=True, max_length=120, verbose_name="provision")),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("selection", models.JSONField(blank=True, default=dict)),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="removals", to="agreements.agreement"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.party",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removals",
                        to="agreements.storedfile",
                    ),
                ),
                (
                    "masked_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.storedfile",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.party"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removals",
                        to="agreements.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "removal",
                "verbose_name_plural": "removals",
                "ordering": ["requested_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RemovedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table_name", models.CharField(max_length=60)),
                ("row_id", models.BigIntegerField()),
                ("column_name", models.CharField(max_length=60)),
                ("old_sha256", models.CharField(max_length=64)),
                ("new_sha256", models.CharField(max_length=64)),
                (
                    "removal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="agreements.removal"
                    ),
                ),
            ],
            options={
                "verbose_name": "text with words removed",
                "verbose_name_plural": "texts with words removed",
            },
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file__isnull", True), ("masked_file__isnull", True), ("revision__isnull", False)),
                    models.Q(("file__isnull", False), ("revision__isnull", True)),
                    _connector="OR",
                ),
                name="removal_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="removal_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "other"), _negated=True),
                    models.Q(("provision", ""), _negated=True),
                    _connector="OR",
                ),
                name="removal_names_its_law",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True), ("status", "requested")),
                    models.Q(
                        models.Q(("status", "requested"), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("selection", {}),
                    ),
                    _connector="OR",
                ),
                name="removal_answered_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "confirmed"), _negated=True),
                    models.Q(
                        ("answered_for__isnull", False),
                        models.Q(("answered_by", models.F("requested_by")), _negated=True),
                        models.Q(("answered_for", models.F("party")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="removal_takes_two_persons_of_two_parties",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "confirmed"), _negated=True),
                    ("file__isnull", False),
                    models.Q(
                        ("redacted_sha256__regex", "^[0-9a-f]{64}$"),
                        models.Q(("redacted_sha256", models.F("old_sha256")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="removal_leaves_a_redacted_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "requested")), fields=("revision",), name="one_open_removal_per_revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "requested")), fields=("file",), name="one_open_removal_per_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "confirmed")),
                fields=("revision", "old_sha256"),
                name="removed_once_per_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="removedtext",
            constraint=models.UniqueConstraint(
                fields=("removal", "table_name", "row_id", "column_name"), name="removed_text_named_once"
            ),
        ),
        migrations.RunSQL(_statements(), _undo()),
    ]
