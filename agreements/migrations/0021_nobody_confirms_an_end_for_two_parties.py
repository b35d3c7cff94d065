from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0020_what_people_change_has_a_history"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="endingconfirmation",
            constraint=models.UniqueConstraint(
                fields=("ending", "confirmed_by"), name="nobody_confirms_for_two_parties"
            ),
        ),
    ]
