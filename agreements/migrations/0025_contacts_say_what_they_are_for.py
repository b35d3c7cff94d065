"""Who is a contact person is said and not taken for granted; a service is no person; more intervals are settings."""

from django.db import migrations, models

SERVICES = """
UPDATE agreements_contact SET is_contact_person = false, is_spokesperson = false
WHERE is_service AND (is_contact_person OR is_spokesperson)
"""
"""Until now every contact began as a contact person, the number 112 too."""

INTERVALS = [
    ("citizen_pledge_months", models.PositiveSmallIntegerField(
        default=4, verbose_name="months between follow-ups of citizen pledges")),
    ("communication_meeting_months", models.PositiveSmallIntegerField(
        default=3, verbose_name="months between meetings of the communication functions, at most")),
    ("evaluated_on", models.DateField(blank=True, null=True, verbose_name="evaluated as a whole")),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("agreements", "0024_past_contacts_lose_unlawful_words")]

    operations = [
        *(
            migrations.AddField(model, name, kept.clone())
            for model in ("agreement", "historicalagreement")
            for name, kept in INTERVALS
        ),
        *(
            migrations.AlterField(
                model, "is_contact_person", models.BooleanField(default=False, verbose_name="contact person")
            )
            for model in ("contact", "historicalcontact")
        ),
        migrations.RunSQL(SERVICES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "contact",
            models.CheckConstraint(
                condition=models.Q(
                    ("is_service", False),
                    models.Q(("is_contact_person", False), ("is_spokesperson", False)),
                    _connector="OR",
                ),
                name="contact_service_is_no_person",
                violation_error_message="A service is neither a spokesperson nor a contact person.",
            ),
        ),
    ]
