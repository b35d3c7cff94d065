"""Each party gets the key that the fields of its agreement's sheets have for it already; the past does not tell it."""

from django.db import migrations

FILL = """
UPDATE agreements_party party SET key = CASE WHEN named.is_first THEN named.word ELSE 'party_' || party.position END
FROM (
    SELECT id, word, row_number() OVER (PARTITION BY agreement_id, word ORDER BY position, id) = 1 AS is_first
    FROM (
        SELECT p.id, p.agreement_id, p.position, CASE
            WHEN o.kind IN ('local_police_area', 'police_area', 'police_region') THEN 'police' ELSE 'municipality'
        END AS word
        FROM agreements_party p JOIN agreements_organisation o ON o.id = p.organisation_id
    ) worded
) named
WHERE named.id = party.id
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0029_parties_have_keys")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
