"""Decisions keep what stands at the head and foot of their texts: what was decided is printed alike for ever."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0006_names_in_swedish_order")]

    operations = [
        migrations.AddField("decision", "imprint", models.JSONField(default=dict, editable=False)),
    ]
