from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0028_tasks_when_the_overarching_agreement_ends")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="key",
            field=models.CharField(default="", editable=False, max_length=20),
            preserve_default=False,
        )
        for name in ("historicalparty", "party")
    ]
