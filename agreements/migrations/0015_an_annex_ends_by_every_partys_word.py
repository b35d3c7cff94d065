"""An annex ends by the word of every party: entered by one, confirmed by the others. Each function says what it keeps."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION samverkan_ending_is_entered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    in_agreement bigint := (SELECT a.agreement_id FROM agreements_annex a WHERE a.id = NEW.annex_id);
    decided date := (SELECT d.decided_on FROM agreements_decision d
                     WHERE d.id = NEW.decision_id AND d.agreement_id = in_agreement);
    last_decided date;
    last_from date;
BEGIN
    -- Open, by a coordinator of a party, by a decision of the agreement that is not older than the annex's latest
    -- decided version, and not before that decision nor before that version applies.
    IF NEW.status <> 'entered' THEN
        RAISE EXCEPTION 'an end begins as entered' USING ERRCODE = 'check_violation';
    END IF;
    SELECT max(d.decided_on), max(d.effective_from) INTO last_decided, last_from
        FROM agreements_decision d WHERE d.annex_id = NEW.annex_id;
    IF decided IS NULL OR last_decided IS NULL OR decided < last_decided
       OR NEW.ends_on < decided OR NEW.ends_on < last_from
    THEN
        RAISE EXCEPTION 'that decision cannot end the annex on that day' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT samverkan_sits(NEW.entered_by_id, NEW.party_id, in_agreement, ARRAY['coordinator'],
                          ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'],
                          samverkan_day(NEW.entered_at))
    THEN
        RAISE EXCEPTION 'not a coordinator of that party on that day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_ending_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What was entered stays as it was entered; it is closed once, and in effect when every other party has confirmed.
    IF OLD.status <> 'entered' OR NEW.status = 'entered'
       OR (to_jsonb(NEW) - 'status' - 'closed_at' - 'closed_by_id' - 'answer')
        <> (to_jsonb(OLD) - 'status' - 'closed_at' - 'closed_by_id' - 'answer')
    THEN
        RAISE EXCEPTION 'an end is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'in_effect' AND EXISTS (
        SELECT 1 FROM agreements_party p JOIN agreements_annex a ON a.agreement_id = p.agreement_id
        WHERE a.id = NEW.annex_id AND p.id <> NEW.party_id AND NOT EXISTS (
            SELECT 1 FROM agreements_endingconfirmation c WHERE c.ending_id = NEW.id AND c.party_id = p.id))
    THEN
        RAISE EXCEPTION 'a party has not confirmed the end' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_ending_is_confirmed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_ending agreements_ending%ROWTYPE;
    in_agreement bigint;
BEGIN
    -- By a coordinator of another party, another person than the one who entered it, while it is open.
    SELECT * INTO of_ending FROM agreements_ending WHERE id = NEW.ending_id;
    SELECT a.agreement_id INTO in_agreement FROM agreements_annex a WHERE a.id = of_ending.annex_id;
    IF of_ending.status <> 'entered' THEN
        RAISE EXCEPTION 'the end has been answered' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.party_id = of_ending.party_id OR NEW.confirmed_by_id = of_ending.entered_by_id
       OR NOT samverkan_sits(NEW.confirmed_by_id, NEW.party_id, in_agreement, ARRAY['coordinator'],
                             ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'],
                             samverkan_day(NEW.confirmed_at))
    THEN
        RAISE EXCEPTION 'not confirmed by another party' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_annex_ends_as_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    confirmed agreements_ending%ROWTYPE;
BEGIN
    -- The last day and its decision are those of the newest end in effect; nobody else sets or takes away them.
    IF TG_OP = 'INSERT' THEN
        IF NEW.ends_on IS NOT NULL OR NEW.ended_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'an annex ends when the parties have confirmed it' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.ends_on, NEW.ended_by_id) IS DISTINCT FROM (OLD.ends_on, OLD.ended_by_id) THEN
        SELECT * INTO confirmed FROM agreements_ending e
            WHERE e.annex_id = NEW.id AND e.status = 'in_effect' ORDER BY e.id DESC LIMIT 1;
        IF (NEW.ends_on, NEW.ended_by_id) IS DISTINCT FROM (confirmed.ends_on, confirmed.decision_id) THEN
            RAISE EXCEPTION 'an annex ends when the parties have confirmed it' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_ending_is_carried_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- At commit: the annex has the last day of the newest end in effect.
    IF NEW.status = 'in_effect'
       AND NOT EXISTS (SELECT 1 FROM agreements_ending e WHERE e.annex_id = NEW.annex_id AND e.status = 'in_effect'
                       AND e.id > NEW.id)
       AND NOT EXISTS (SELECT 1 FROM agreements_annex a WHERE a.id = NEW.annex_id AND a.ends_on = NEW.ends_on
                       AND a.ended_by_id = NEW.decision_id)
    THEN
        RAISE EXCEPTION 'a confirmed end has not been carried out' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ending_is_entered BEFORE INSERT ON agreements_ending
    FOR EACH ROW EXECUTE FUNCTION samverkan_ending_is_entered();
CREATE TRIGGER ending_closes_once BEFORE UPDATE ON agreements_ending FOR EACH ROW
    WHEN (NOT samverkan_words_are_removed('agreements_ending', to_jsonb(OLD.*), to_jsonb(NEW.*)))
    EXECUTE FUNCTION samverkan_ending_closes_once();
CREATE TRIGGER ending_is_never_deleted BEFORE DELETE ON agreements_ending
    FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER ending_is_never_emptied BEFORE TRUNCATE ON agreements_ending
    FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER ending_is_confirmed_by_another BEFORE INSERT ON agreements_endingconfirmation
    FOR EACH ROW EXECUTE FUNCTION samverkan_ending_is_confirmed_by_another();
CREATE TRIGGER endingconfirmation_is_written_once BEFORE UPDATE OR DELETE ON agreements_endingconfirmation
    FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER endingconfirmation_is_never_emptied BEFORE TRUNCATE ON agreements_endingconfirmation
    FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER annex_ends_as_confirmed BEFORE INSERT OR UPDATE ON agreements_annex
    FOR EACH ROW EXECUTE FUNCTION samverkan_annex_ends_as_confirmed();
CREATE CONSTRAINT TRIGGER ending_is_carried_out AFTER UPDATE ON agreements_ending
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_ending_is_carried_out();
"""

UNDO = """
DROP TRIGGER ending_is_never_deleted ON agreements_ending;
DROP TRIGGER ending_is_never_emptied ON agreements_ending;
DROP TRIGGER endingconfirmation_is_written_once ON agreements_endingconfirmation;
DROP TRIGGER endingconfirmation_is_never_emptied ON agreements_endingconfirmation;
DROP FUNCTION samverkan_ending_is_entered() CASCADE;
DROP FUNCTION samverkan_ending_closes_once() CASCADE;
DROP FUNCTION samverkan_ending_is_confirmed_by_another() CASCADE;
DROP FUNCTION samverkan_annex_ends_as_confirmed() CASCADE;
DROP FUNCTION samverkan_ending_is_carried_out() CASCADE;
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


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0014_registered_signings_are_answered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ends_on", models.DateField(verbose_name="last day in force")),
                ("because", models.TextField(max_length=2000, verbose_name="why it ends")),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("entered", "Waits for confirmation"),
                            ("in_effect", "Confirmed"),
                            ("disputed", "Disputed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer")),
                (
                    "annex",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="endings", to="agreements.annex"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="endings", to="agreements.decision"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "end of an annex",
                "verbose_name_plural": "ends of annexes",
                "ordering": ["-entered_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="EndingConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="agreements.ending",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmation of an ending",
                "verbose_name_plural": "confirmations of endings",
                "ordering": ["confirmed_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "entered")), fields=("annex",), name="one_open_ending_per_annex"
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="ending_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "disputed"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="dispute_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True), ("status", "entered")),
                    models.Q(
                        models.Q(("status", "entered"), _negated=True),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ending_closed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="endingconfirmation",
            constraint=models.UniqueConstraint(fields=("ending", "party"), name="ending_confirmed_once_per_party"),
        ),
        migrations.RunSQL(FUNCTIONS + ALWAYS, UNDO),
    ]
