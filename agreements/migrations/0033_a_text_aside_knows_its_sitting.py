"""A text aside gives way to a later one of the same open page, and to no other."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0032_nobody_forwards_for_two_parties")]

    operations = [
        migrations.AddField(
            model_name="savedaside",
            name="sitting",
            field=models.CharField(blank=True, default="", editable=False, max_length=40),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="savedaside", name="one_open_text_aside_per_writer"),
        migrations.AddConstraint(
            model_name="savedaside",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True), models.Q(("sitting", ""), _negated=True)),
                fields=("section", "row", "saved_by", "sitting"),
                name="one_open_text_aside_per_sitting",
            ),
        ),
        migrations.CreateModel(
            name="LastSave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("sitting", models.CharField(max_length=40)),
                ("turn", models.PositiveIntegerField()),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agreements.section"
                    ),
                ),
            ],
            options={"verbose_name": "last save", "verbose_name_plural": "last saves"},
        ),
        migrations.AddConstraint(
            model_name="lastsave",
            constraint=models.UniqueConstraint(fields=("section", "row"), name="last_save_once_per_place"),
        ),
    ]
