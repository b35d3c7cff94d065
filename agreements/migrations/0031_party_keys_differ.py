from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0030_parties_keep_their_keys")]

    operations = [
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("agreement", "key"), name="party_key_once_per_agreement"),
        ),
    ]
