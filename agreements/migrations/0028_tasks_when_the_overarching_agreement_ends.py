"""That an overarching agreement ends is a task for the agreements under it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0027_what_an_agreement_rests_on_stays"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicaltask",
            name="kind",
            field=models.CharField(
                choices=[
                    ("area_changed", "The priority area has changed"),
                    ("area_added", "A new priority area has no action plan"),
                    ("area_removed", "The priority area is no longer prioritised"),
                    ("follow_up", "The action plan is followed up when the situational picture is revised"),
                    ("parent_changed", "The overarching agreement has changed"),
                    ("parent_ends", "The overarching agreement ends"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                choices=[
                    ("area_changed", "The priority area has changed"),
                    ("area_added", "A new priority area has no action plan"),
                    ("area_removed", "The priority area is no longer prioritised"),
                    ("follow_up", "The action plan is followed up when the situational picture is revised"),
                    ("parent_changed", "The overarching agreement has changed"),
                    ("parent_ends", "The overarching agreement ends"),
                ],
                max_length=16,
            ),
        ),
    ]
