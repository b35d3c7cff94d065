"""One party cannot make an agreement whose text has been decided begin later: it would no longer be in force."""

from django.db import migrations

BEGINS = """
CREATE FUNCTION samverkan_agreement_begins_with_its_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Its first day is not moved past the day from which its text was first decided to apply.
    IF NEW.starts_on IS DISTINCT FROM OLD.starts_on AND NEW.starts_on > (
        SELECT min(d.effective_from) FROM agreements_decision d JOIN agreements_annex a ON a.id = d.annex_id
        WHERE d.agreement_id = NEW.id AND a.kind = 'agreement_text')
    THEN
        RAISE EXCEPTION 'an agreement begins no later than its text' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreement_begins_with_its_text BEFORE UPDATE ON agreements_agreement
    FOR EACH ROW EXECUTE FUNCTION samverkan_agreement_begins_with_its_text();
ALTER TABLE agreements_agreement ENABLE ALWAYS TRIGGER agreement_begins_with_its_text;
"""
UNDO = "DROP FUNCTION samverkan_agreement_begins_with_its_text() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0025_contacts_say_what_they_are_for")]

    operations = [migrations.RunSQL(BEGINS, UNDO)]
