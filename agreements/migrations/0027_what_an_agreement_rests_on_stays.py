"""One party cannot change or take away the overarching agreement of one of which something has been decided: annex 5
would say something else."""

from django.db import migrations

STAYS = """
CREATE FUNCTION samverkan_agreement_keeps_its_parent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.parent_id IS NOT NULL AND NEW.parent_id IS DISTINCT FROM OLD.parent_id
        AND EXISTS (SELECT FROM agreements_decision d WHERE d.agreement_id = NEW.id)
    THEN
        RAISE EXCEPTION 'what a decided agreement rests on stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreement_keeps_its_parent BEFORE UPDATE ON agreements_agreement
    FOR EACH ROW EXECUTE FUNCTION samverkan_agreement_keeps_its_parent();
ALTER TABLE agreements_agreement ENABLE ALWAYS TRIGGER agreement_keeps_its_parent;
"""
UNDO = "DROP FUNCTION samverkan_agreement_keeps_its_parent() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0026_an_agreement_begins_no_later_than_its_text")]

    operations = [migrations.RunSQL(STAYS, UNDO)]
