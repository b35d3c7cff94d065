"""A decision from above is recorded on its day or later, stays as it was recorded, and is corrected by a new row."""

import django.db.models.deletion
from django.db import migrations, models

CREATE = """
CREATE FUNCTION samverkan_higher_decision_is_recorded_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What has been recorded stays; a mistake is corrected by another row, of the same party and signing.
    IF TG_OP <> 'INSERT' AND OLD.decided_on IS NOT NULL THEN
        RAISE EXCEPTION 'a decision from above is recorded once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM agreements_higherdecision h WHERE h.id = NEW.replaces_id AND h.manifest_id = NEW.manifest_id
          AND h.party_id = NEW.party_id AND h.decided_on IS NOT NULL AND NEW.decided_on IS NOT NULL)
    THEN
        RAISE EXCEPTION 'it corrects nothing that has been recorded' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER higher_decision_in_time BEFORE INSERT OR UPDATE ON agreements_higherdecision
    FOR EACH ROW EXECUTE FUNCTION samverkan_decided_in_time('decided_on');
CREATE TRIGGER higher_decision_is_recorded_once BEFORE INSERT OR UPDATE OR DELETE ON agreements_higherdecision
    FOR EACH ROW EXECUTE FUNCTION samverkan_higher_decision_is_recorded_once();
ALTER TABLE agreements_higherdecision ENABLE ALWAYS TRIGGER higher_decision_in_time;
ALTER TABLE agreements_higherdecision ENABLE ALWAYS TRIGGER higher_decision_is_recorded_once;
"""

DROP = """
DROP TRIGGER higher_decision_in_time ON agreements_higherdecision;
DROP FUNCTION samverkan_higher_decision_is_recorded_once() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0010_a_yes_is_said_to_a_sentence")]

    operations = [
        migrations.AddField(
            model_name="higherdecision",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="agreements.higherdecision",
                verbose_name="corrects",
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
