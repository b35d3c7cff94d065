"""That a decision was corrected, an annex looked over, and how texts are decided changed, is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communication", "0008_letters_that_failed_are_looked_at"),
    ]

    operations = [
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
                    ("corrected", "Decision corrected"),
                    ("reviewed", "Looked over without change"),
                    ("terms_changed", "How texts are decided"),
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
    ]
