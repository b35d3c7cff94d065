"""A signing that was registered afterwards is confirmed, or disputed, by a coordinator of each other party; a text of
it may have a § or a reference of its own. The party that registered a signing has said so by registering it.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

BEFORE = """
INSERT INTO agreements_signinganswer (manifest_id, party_id, stance, reason, answered_at, answered_by_id)
SELECT DISTINCT ON (m.id) m.id, p.id, 'confirmed', '', m.created_at, m.created_by_id
FROM agreements_manifest m
JOIN agreements_rolegroup g ON g.agreement_id = m.agreement_id AND g.role = 'coordinator'
JOIN agreements_membership s ON s.role_group_id = g.id AND s.user_id = m.created_by_id
JOIN agreements_party p ON p.id = s.party_id
WHERE m.is_registered_afterwards
ORDER BY m.id, p.position, p.id;
"""

FUNCTIONS = """
CREATE FUNCTION samverkan_answer_is_the_partys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Of a party of that agreement, by who coordinated for it that day, to what was registered afterwards.
    IF NOT EXISTS (
        SELECT 1 FROM agreements_manifest m JOIN agreements_party p ON p.agreement_id = m.agreement_id
        WHERE m.id = NEW.manifest_id AND p.id = NEW.party_id AND m.is_registered_afterwards
          AND samverkan_sits(NEW.answered_by_id, p.id, m.agreement_id, ARRAY['coordinator'],
                             ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'],
                             samverkan_day(NEW.answered_at)))
    THEN
        RAISE EXCEPTION 'not a coordinator of that party on that day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION samverkan_registration_is_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A signing that was registered afterwards closes when every party has confirmed it.
    IF OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND NEW.is_registered_afterwards AND EXISTS (
        SELECT 1 FROM agreements_party p WHERE p.agreement_id = NEW.agreement_id AND NOT EXISTS (
            SELECT 1 FROM agreements_signinganswer a
            WHERE a.manifest_id = NEW.id AND a.party_id = p.id AND a.stance = 'confirmed'))
    THEN
        RAISE EXCEPTION 'a party has not confirmed the signing' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER answer_is_the_partys BEFORE INSERT ON agreements_signinganswer
    FOR EACH ROW EXECUTE FUNCTION samverkan_answer_is_the_partys();
CREATE TRIGGER answer_is_to_an_open_one BEFORE INSERT ON agreements_signinganswer
    FOR EACH ROW EXECUTE FUNCTION samverkan_of_an_open_manifest();
CREATE TRIGGER answer_is_written_once BEFORE UPDATE OR DELETE ON agreements_signinganswer
    FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER answer_is_never_emptied BEFORE TRUNCATE ON agreements_signinganswer
    FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();
CREATE TRIGGER registration_is_confirmed BEFORE UPDATE ON agreements_manifest
    FOR EACH ROW EXECUTE FUNCTION samverkan_registration_is_confirmed();
ALTER TABLE agreements_signinganswer ENABLE ALWAYS TRIGGER answer_is_the_partys;
ALTER TABLE agreements_signinganswer ENABLE ALWAYS TRIGGER answer_is_to_an_open_one;
ALTER TABLE agreements_signinganswer ENABLE ALWAYS TRIGGER answer_is_written_once;
ALTER TABLE agreements_signinganswer ENABLE ALWAYS TRIGGER answer_is_never_emptied;
ALTER TABLE agreements_manifest ENABLE ALWAYS TRIGGER registration_is_confirmed;
"""

DROP = """
DROP FUNCTION samverkan_registration_is_confirmed() CASCADE;
DROP TRIGGER answer_is_to_an_open_one ON agreements_signinganswer;
DROP TRIGGER answer_is_written_once ON agreements_signinganswer;
DROP TRIGGER answer_is_never_emptied ON agreements_signinganswer;
DROP FUNCTION samverkan_answer_is_the_partys() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0013_short_numbers_are_short"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="manifestentry",
            name="item_number",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="§"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="move",
            name="verb",
            field=models.CharField(
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
                    ("dispute_signing", "Registered signing disputed"),
                    ("send_to_signature", "Sent to signature"),
                    ("decide", "Decided"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="SigningAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stance",
                    models.CharField(
                        choices=[("confirmed", "Confirmed"), ("disputed", "Disputed")],
                        max_length=10,
                        verbose_name="stance",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1500, verbose_name="reason")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "manifest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="agreements.manifest"
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
                "verbose_name": "answer about a registered signing",
                "verbose_name_plural": "answers about registered signings",
                "ordering": ["manifest", "party__position"],
                "constraints": [
                    models.UniqueConstraint(fields=("manifest", "party"), name="one_answer_per_party"),
                    models.UniqueConstraint(fields=("manifest", "answered_by"), name="nobody_answers_for_two_parties"),
                    models.CheckConstraint(
                        condition=models.Q(("stance", "confirmed"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="a_dispute_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, DROP),
    ]
