"""What a manifest lists for the annex that follows the overarching agreement: that agreement's own text (R3)."""

import django.db.models.deletion
from django.db import migrations, models

ENTRY = """
CREATE OR REPLACE FUNCTION samverkan_entry_is_its_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An entry names a text of that agreement by the hash of its content; or, for the annex that follows the
    -- overarching agreement, that one's own text, which the signatures do not fix.
    IF NOT EXISTS (
        SELECT 1 FROM agreements_manifest m JOIN agreements_agreement g ON g.id = m.agreement_id
        JOIN agreements_revision r ON r.id = NEW.revision_id JOIN agreements_annex a ON a.id = r.annex_id
        LEFT JOIN agreements_annex f ON f.id = NEW.stands_as_id
        WHERE m.id = NEW.manifest_id AND r.sha256 = NEW.sha256 AND (
            (NEW.stands_as_id IS NULL AND a.agreement_id = g.id)
            OR (f.agreement_id = g.id AND f.kind = 'overarching_agreement' AND a.agreement_id = g.parent_id
                AND a.kind = 'agreement_text' AND NOT NEW.is_signed_for)))
    THEN
        RAISE EXCEPTION 'the entry is not that text' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

AS_IT_WAS = """
CREATE OR REPLACE FUNCTION samverkan_entry_is_its_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An entry names a text of that agreement by the hash of its content.
    IF NOT EXISTS (
        SELECT 1 FROM agreements_manifest m JOIN agreements_agreement g ON g.id = m.agreement_id
        JOIN agreements_revision r ON r.id = NEW.revision_id JOIN agreements_annex a ON a.id = r.annex_id
        WHERE m.id = NEW.manifest_id AND r.sha256 = NEW.sha256 AND a.agreement_id IN (g.id, g.parent_id))
    THEN
        RAISE EXCEPTION 'the entry is not that text' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0007_decisions_keep_their_imprint")]

    operations = [
        migrations.AddField(
            model_name="manifestentry",
            name="stands_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agreements.annex",
            ),
        ),
        migrations.RunSQL(ENTRY, AS_IT_WAS),
    ]
