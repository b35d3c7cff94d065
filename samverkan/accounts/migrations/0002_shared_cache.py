"""The table behind CACHES: what all processes know together. As ``manage createcachetable`` would make it."""

from django.db import migrations

CREATE = """
CREATE TABLE samverkan_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX samverkan_cache_expires ON samverkan_cache (expires);
"""

DROP = "DROP TABLE samverkan_cache;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts")]

    operations = [migrations.RunSQL(CREATE, DROP)]
