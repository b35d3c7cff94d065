"""A coordinator's list asks for proposals that were referred back or rejected: few among all that were decided."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0004_removals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("status__in", ["referred_back", "rejected"])),
                fields=["annex"],
                name="proposals_that_came_back",
            ),
        ),
    ]
