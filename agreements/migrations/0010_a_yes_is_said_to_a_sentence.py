"""A yes is said to a sentence: an assent keeps it, the standing ones of a proposal all have the same, and a decision
of the steering group is that sentence. Assents that were given before are left as they were; those that wait for
another party get what the form showed then.
"""

from django.db import migrations, models

BEFORE = """
ALTER TABLE agreements_assent DISABLE TRIGGER assent_only_withdrawn;
ALTER TABLE agreements_assent DISABLE TRIGGER assent_stands;
UPDATE agreements_assent s
    SET resolution = COALESCE(e.resolution, p.proposed_decision), effective_from = e.effective_from
    FROM agreements_proposal p
    LEFT JOIN agreements_meetingentry e ON e.proposal_id = p.id AND e.closed_at IS NULL
    WHERE p.id = s.proposal_id AND p.status = 'proposed' AND s.withdrawn_at IS NULL;
ALTER TABLE agreements_assent ENABLE ALWAYS TRIGGER assent_only_withdrawn;
ALTER TABLE agreements_assent ENABLE ALWAYS TRIGGER assent_stands;
"""

FUNCTIONS = """
CREATE FUNCTION samverkan_assent_says_the_same() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A yes is said to a sentence, and to the one that the other parties have said yes to.
    IF NEW.resolution = '' THEN
        RAISE EXCEPTION 'an assent is to a sentence' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_assent s WHERE s.proposal_id = NEW.proposal_id AND s.withdrawn_at IS NULL
               AND (s.resolution, s.effective_from) IS DISTINCT FROM (NEW.resolution, NEW.effective_from))
    THEN
        RAISE EXCEPTION 'the parties assent to one sentence' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_decision_says_what_was_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- At commit: the sentence and the day are those of every standing assent. A day that was chosen with a yes per
    -- capsulam, and that has passed when the last yes comes, means the day of the decision.
    IF NEW.basis = 'steering_group' AND EXISTS (
        SELECT 1 FROM agreements_assent s JOIN agreements_proposal p ON p.id = s.proposal_id
        WHERE p.revision_id = NEW.revision_id AND s.withdrawn_at IS NULL
          AND (s.resolution <> NEW.resolution
               OR CASE WHEN s.is_entered THEN s.effective_from ELSE GREATEST(s.effective_from, NEW.decided_on) END
                  <> NEW.effective_from AND s.effective_from IS NOT NULL))
    THEN
        RAISE EXCEPTION 'not the sentence that the parties assented to' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER assent_says_the_same BEFORE INSERT ON agreements_assent
    FOR EACH ROW EXECUTE FUNCTION samverkan_assent_says_the_same();
ALTER TABLE agreements_assent ENABLE ALWAYS TRIGGER assent_says_the_same;
CREATE CONSTRAINT TRIGGER decision_says_what_was_agreed AFTER INSERT ON agreements_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_decision_says_what_was_agreed();
ALTER TABLE agreements_decision ENABLE ALWAYS TRIGGER decision_says_what_was_agreed;
"""

UNDO = """
DROP FUNCTION samverkan_assent_says_the_same() CASCADE;
DROP FUNCTION samverkan_decision_says_what_was_agreed() CASCADE;
"""

KEPT = (("assent_only_withdrawn", "only_withdrawn"), ("assent_stands", "assent_stands"))
"""(trigger, function) of what refuses a change of an assent: the removal of unlawful words is let through."""


def _kept(when: str) -> str:
    return "\n".join(
        f"DROP TRIGGER {trigger} ON agreements_assent;\n"
        f"CREATE TRIGGER {trigger} BEFORE UPDATE ON agreements_assent FOR EACH ROW {when}"
        f"EXECUTE FUNCTION samverkan_{function}();\n"
        f"ALTER TABLE agreements_assent ENABLE ALWAYS TRIGGER {trigger};"
        for trigger, function in KEPT
    )


UNLESS_REMOVED = "WHEN (NOT samverkan_words_are_removed('agreements_assent', to_jsonb(OLD.*), to_jsonb(NEW.*))) "


class Migration(migrations.Migration):
    dependencies = [("agreements", "0009_periods_and_names_are_said_on_their_fields")]

    operations = [
        migrations.AddField(
            "assent", "resolution", models.TextField(default="", editable=False, verbose_name="resolution")
        ),
        migrations.AddField(
            "assent",
            "effective_from",
            models.DateField(blank=True, editable=False, null=True, verbose_name="applies from"),
        ),
        migrations.AlterField(
            "move",
            "verb",
            models.CharField(
                choices=[
                    ("submit", "Submitted"),
                    ("forward", "Forwarded"),
                    ("refer_back", "Referred back"),
                    ("postpone", "Postponed"),
                    ("reject", "Rejected"),
                    ("withdraw", "Withdrawn"),
                    ("assent", "Assented"),
                    ("reword", "Assented in another wording; assents given before are void"),
                    ("withdraw_assent", "Assent withdrawn"),
                    ("enter", "Decision of a meeting entered"),
                    ("confirm", "Entered decision confirmed"),
                    ("dispute", "Entered decision disputed"),
                    ("send_to_signature", "Sent to signature"),
                    ("decide", "Decided"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS + _kept(UNLESS_REMOVED), UNDO + _kept("")),
    ]
