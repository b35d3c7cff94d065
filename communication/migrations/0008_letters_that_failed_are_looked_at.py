"""Somebody has seen that a letter did not go: written once, of a letter that failed or is uncertain."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

CREATE = """
CREATE FUNCTION communication_seen_that_it_failed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only what did not go, or may not have gone, is seen to.
    IF NOT EXISTS (SELECT 1 FROM communication_delivery d
                   WHERE d.id = NEW.delivery_id AND d.status IN ('failed', 'uncertain'))
    THEN
        RAISE EXCEPTION 'that letter has not failed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER acknowledgement_is_of_what_failed BEFORE INSERT ON communication_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION communication_seen_that_it_failed();
CREATE TRIGGER acknowledgement_is_kept BEFORE UPDATE OR DELETE ON communication_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION communication_is_kept();
CREATE TRIGGER acknowledgement_is_not_emptied BEFORE TRUNCATE ON communication_acknowledgement
    FOR EACH STATEMENT EXECUTE FUNCTION communication_is_kept();

-- Also in a session that calls itself a replica, as a superuser's may.
ALTER TABLE communication_acknowledgement ENABLE ALWAYS TRIGGER acknowledgement_is_of_what_failed;
ALTER TABLE communication_acknowledgement ENABLE ALWAYS TRIGGER acknowledgement_is_kept;
ALTER TABLE communication_acknowledgement ENABLE ALWAYS TRIGGER acknowledgement_is_not_emptied;
"""

DROP = """
DROP TRIGGER acknowledgement_is_kept ON communication_acknowledgement;
DROP TRIGGER acknowledgement_is_not_emptied ON communication_acknowledgement;
DROP FUNCTION communication_seen_that_it_failed() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communication", "0007_deliveries_and_readings_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="seen at")),
            ],
            options={
                "verbose_name": "acknowledgement",
                "verbose_name_plural": "acknowledgements",
            },
        ),
        migrations.AlterField(
            model_name="notice",
            name="event",
            field=models.CharField(
                choices=[
                    ("submitted", "Submitted"),
                    ("forwarded", "Forwarded"),
                    ("referred_back", "Referred back"),
                    ("postponed", "Postponed"),
                    ("rejected", "Rejected"),
                    ("withdrawn", "Withdrawn"),
                    ("assented", "Assented"),
                    ("reworded", "Wording changed"),
                    ("assent_withdrawn", "Assent withdrawn"),
                    ("decision_entered", "Decision of a meeting entered"),
                    ("entry_disputed", "Entered decision disputed"),
                    ("sent_to_signature", "Sent to signature"),
                    ("decided", "Decided"),
                    ("ending_entered", "Last day entered"),
                    ("ending_answered", "Last day"),
                    ("draft_shared", "Draft shared"),
                    ("question", "Question"),
                    ("answer", "Answer"),
                    ("comment", "Comment"),
                    ("signing_opened", "Ready to be signed"),
                    ("signing_disputed", "Registered signing disputed"),
                    ("removal_requested", "Removal asked for"),
                    ("removal_answered", "Removal answered"),
                    ("joined", "Membership"),
                    ("membership_changed", "Membership changed"),
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("status__in", ["failed", "uncertain"])),
                fields=["notice"],
                name="deliveries_that_failed",
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="delivery",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="acknowledgement", to="communication.delivery"
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="seen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="seen by",
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
