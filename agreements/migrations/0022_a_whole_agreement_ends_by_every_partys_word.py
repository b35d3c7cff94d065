"""A whole agreement gets another last day by the word of every party too, and what was to end can go on by the same.

Each function says what it keeps. Endings that are there already are of annexes, and stay as they are.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION samverkan_ends_in(of_annex bigint, of_agreement bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    -- The agreement that ends, or whose annex does.
    SELECT COALESCE(of_agreement, (SELECT a.agreement_id FROM agreements_annex a WHERE a.id = of_annex))
$$;

CREATE FUNCTION samverkan_last_day(of_annex bigint, of_agreement bigint) RETURNS date LANGUAGE sql STABLE AS $$
    -- Of that annex or that agreement, as it is now; NULL: until further notice.
    SELECT CASE WHEN of_annex IS NOT NULL THEN (SELECT a.ends_on FROM agreements_annex a WHERE a.id = of_annex)
           ELSE (SELECT g.ends_on FROM agreements_agreement g WHERE g.id = of_agreement) END
$$;

CREATE FUNCTION samverkan_ending_can_be(ending agreements_ending, on_day date) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    last_day date := samverkan_last_day(ending.annex_id, ending.agreement_id);
    decided date;
    last_decided date;
    first_from date;
    last_from date;
BEGIN
    -- What goes on has a last day, gets a later one or none, and has not ended when its end is called off.
    IF ending.ground IN ('prolonged', 'called_off') AND (
        last_day IS NULL OR ending.ends_on <= last_day OR (ending.ground = 'called_off' AND last_day < on_day))
    THEN
        RETURN false;
    END IF;
    IF ending.annex_id IS NULL THEN
        -- Something of the agreement has been decided, and it does not end before it began.
        SELECT min(d.effective_from) INTO first_from FROM agreements_decision d
            WHERE d.agreement_id = ending.agreement_id;
        RETURN first_from IS NOT NULL AND (ending.ends_on IS NULL OR (ending.ends_on >= first_from AND NOT EXISTS (
            SELECT 1 FROM agreements_agreement g WHERE g.id = ending.agreement_id AND g.starts_on > ending.ends_on)));
    END IF;
    IF ending.ground = 'called_off' THEN
        RETURN true;
    END IF;
    -- An annex ends by a decision of the agreement that is not older than its latest decided version, and not before
    -- that decision nor before that version applies.
    SELECT d.decided_on INTO decided FROM agreements_decision d
        WHERE d.id = ending.decision_id AND d.agreement_id = samverkan_ends_in(ending.annex_id, NULL);
    SELECT max(d.decided_on), max(d.effective_from) INTO last_decided, last_from
        FROM agreements_decision d WHERE d.annex_id = ending.annex_id;
    RETURN COALESCE(decided >= last_decided AND ending.ends_on >= decided AND ending.ends_on >= last_from, false);
END $$;

CREATE OR REPLACE FUNCTION samverkan_ending_is_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Open, by a coordinator of a party, on a day that can be the last.
    IF NEW.status <> 'entered' THEN
        RAISE EXCEPTION 'an end begins as entered' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT samverkan_ending_can_be(NEW, samverkan_day(NEW.entered_at)) THEN
        RAISE EXCEPTION 'that cannot end the annex or the agreement on that day' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT samverkan_sits(NEW.entered_by_id, NEW.party_id, samverkan_ends_in(NEW.annex_id, NEW.agreement_id),
                          ARRAY['coordinator'], ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'],
                          samverkan_day(NEW.entered_at))
    THEN
        RAISE EXCEPTION 'not a coordinator of that party on that day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION samverkan_ending_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What was entered stays as it was entered; it is closed once, and in effect when every other party has confirmed.
    -- What has ended meanwhile is not called off.
    IF OLD.status <> 'entered' OR NEW.status = 'entered'
       OR (to_jsonb(NEW) - 'status' - 'closed_at' - 'closed_by_id' - 'answer')
        <> (to_jsonb(OLD) - 'status' - 'closed_at' - 'closed_by_id' - 'answer')
    THEN
        RAISE EXCEPTION 'an end is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'in_effect' AND EXISTS (
        SELECT 1 FROM agreements_party p
        WHERE p.agreement_id = samverkan_ends_in(NEW.annex_id, NEW.agreement_id) AND p.id <> NEW.party_id
          AND NOT EXISTS (
            SELECT 1 FROM agreements_endingconfirmation c WHERE c.ending_id = NEW.id AND c.party_id = p.id))
    THEN
        RAISE EXCEPTION 'a party has not confirmed the end' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'in_effect' AND NEW.ground = 'called_off'
       AND NOT samverkan_ending_can_be(NEW, samverkan_day(NEW.closed_at))
    THEN
        RAISE EXCEPTION 'it has ended already' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION samverkan_ending_is_confirmed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_ending agreements_ending%ROWTYPE;
BEGIN
    -- By a coordinator of another party, another person than the one who entered it, while it is open.
    SELECT * INTO of_ending FROM agreements_ending WHERE id = NEW.ending_id;
    IF of_ending.status <> 'entered' THEN
        RAISE EXCEPTION 'the end has been answered' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.party_id = of_ending.party_id OR NEW.confirmed_by_id = of_ending.entered_by_id
       OR NOT samverkan_sits(NEW.confirmed_by_id, NEW.party_id,
                             samverkan_ends_in(of_ending.annex_id, of_ending.agreement_id), ARRAY['coordinator'],
                             ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'],
                             samverkan_day(NEW.confirmed_at))
    THEN
        RAISE EXCEPTION 'not confirmed by another party' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION samverkan_ending_is_carried_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- At commit: the annex or the agreement has the last day of the newest end in effect.
    IF NEW.status = 'in_effect'
       AND NOT EXISTS (SELECT 1 FROM agreements_ending e WHERE e.status = 'in_effect' AND e.id > NEW.id
                       AND (e.annex_id = NEW.annex_id OR e.agreement_id = NEW.agreement_id))
       AND (samverkan_last_day(NEW.annex_id, NEW.agreement_id) IS DISTINCT FROM NEW.ends_on
            OR (NEW.annex_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM agreements_annex a
                WHERE a.id = NEW.annex_id AND a.ended_by_id IS NOT DISTINCT FROM NEW.decision_id)))
    THEN
        RAISE EXCEPTION 'a confirmed end has not been carried out' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION samverkan_agreement_ends_as_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    confirmed agreements_ending%ROWTYPE;
BEGIN
    -- One party sets the last day while the agreement is being drafted. When something of it has been decided, the
    -- last day is that of the newest end that every party has confirmed.
    IF NEW.ends_on IS DISTINCT FROM OLD.ends_on THEN
        SELECT * INTO confirmed FROM agreements_ending e
            WHERE e.agreement_id = NEW.id AND e.status = 'in_effect' ORDER BY e.id DESC LIMIT 1;
        IF (FOUND AND NEW.ends_on IS DISTINCT FROM confirmed.ends_on)
           OR (NOT FOUND AND EXISTS (SELECT 1 FROM agreements_decision d WHERE d.agreement_id = NEW.id))
        THEN
            RAISE EXCEPTION 'an agreement ends when the parties have confirmed it' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreement_ends_as_confirmed BEFORE UPDATE ON agreements_agreement
    FOR EACH ROW EXECUTE FUNCTION samverkan_agreement_ends_as_confirmed();
ALTER TABLE agreements_agreement ENABLE ALWAYS TRIGGER agreement_ends_as_confirmed;
"""

AS_IT_WAS = (
    import_module("agreements.migrations.0015_an_annex_ends_by_every_partys_word")
    .FUNCTIONS.partition("CREATE TRIGGER")[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)

UNDO = """
DROP FUNCTION samverkan_agreement_ends_as_confirmed() CASCADE;
DROP FUNCTION samverkan_ending_can_be(agreements_ending, date);
DROP FUNCTION samverkan_last_day(bigint, bigint);
DROP FUNCTION samverkan_ends_in(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0021_nobody_confirms_an_end_for_two_parties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="ending",
            options={"ordering": ["-entered_at", "-id"], "verbose_name": "ending", "verbose_name_plural": "endings"},
        ),
        migrations.AlterModelOptions(
            name="historicalending",
            options={
                "get_latest_by": ("history_date", "history_id"),
                "ordering": ("-history_date", "-history_id"),
                "verbose_name": "historical ending",
                "verbose_name_plural": "historical endings",
            },
        ),
        migrations.AddField(
            model_name="ending",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="endings",
                to="agreements.agreement",
            ),
        ),
        migrations.AddField(
            model_name="ending",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("terminated", "a party has given notice"),
                    ("expired", "the agreed time is over"),
                    ("agreed", "the parties agree that it ends"),
                    ("replaced", "another agreement takes its place"),
                    ("prolonged", "it is prolonged"),
                    ("called_off", "it does not end after all"),
                ],
                max_length=12,
                verbose_name="ground",
            ),
        ),
        migrations.AddField(
            model_name="historicalending",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalending",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("terminated", "a party has given notice"),
                    ("expired", "the agreed time is over"),
                    ("agreed", "the parties agree that it ends"),
                    ("replaced", "another agreement takes its place"),
                    ("prolonged", "it is prolonged"),
                    ("called_off", "it does not end after all"),
                ],
                max_length=12,
                verbose_name="ground",
            ),
        ),
        migrations.AlterField(
            model_name="ending",
            name="annex",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="endings",
                to="agreements.annex",
            ),
        ),
        migrations.AlterField(
            model_name="ending",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="endings",
                to="agreements.decision",
            ),
        ),
        migrations.AlterField(
            model_name="ending",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="last day in force"),
        ),
        migrations.AlterField(
            model_name="historicalending",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="last day in force"),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "entered")), fields=("agreement",), name="one_open_ending_per_agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreement__isnull", True), ("annex__isnull", False)),
                    models.Q(("agreement__isnull", False), ("annex__isnull", True)),
                    _connector="OR",
                ),
                name="ending_of_an_annex_or_an_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("annex__isnull", True),
                    models.Q(("decision__isnull", False), ("ends_on__isnull", False), ("ground", "")),
                    models.Q(("decision__isnull", True), ("ends_on__isnull", True), ("ground", "called_off")),
                    _connector="OR",
                ),
                name="annex_ends_by_a_decision_or_goes_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreement__isnull", True),
                    models.Q(
                        ("decision__isnull", True),
                        ("ground__in", ["terminated", "expired", "agreed", "replaced"]),
                        ("ends_on__isnull", False),
                    ),
                    models.Q(("decision__isnull", True), ("ground__in", ["prolonged", "called_off"])),
                    _connector="OR",
                ),
                name="agreement_ends_on_a_ground",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, AS_IT_WAS + UNDO),
    ]
