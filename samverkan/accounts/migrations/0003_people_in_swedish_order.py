"""People come by name in every list that does not say otherwise. Changes no table."""

from django.db import migrations

from samverkan.swedish import Swedish


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_shared_cache")]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": [Swedish("name"), Swedish("email")],
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
            },
        ),
    ]
