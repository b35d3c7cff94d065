"""The history of the contacts, of which the contact sheets of past days are printed, may lose unlawful words."""

from django.db import migrations

LOSES_WORDS = """
CREATE FUNCTION samverkan_contact_log_loses_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words text[] := ARRAY['function', 'name', 'political_party', 'phone', 'mobile', 'email', 'history_change_reason'];
BEGIN
    -- Who changed which contact when stays; words go only where a removal in the agreement has been confirmed.
    IF to_jsonb(NEW) - words IS DISTINCT FROM to_jsonb(OLD) - words OR NOT EXISTS (
        SELECT 1 FROM agreements_removal x WHERE x.agreement_id = OLD.agreement_id AND x.status = 'confirmed')
    THEN
        RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER contact_log_stays ON agreements_historicalcontact;
CREATE TRIGGER contact_log_stays BEFORE DELETE ON agreements_historicalcontact
    FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();
ALTER TABLE agreements_historicalcontact ENABLE ALWAYS TRIGGER contact_log_stays;
CREATE TRIGGER contact_log_loses_words BEFORE UPDATE ON agreements_historicalcontact
    FOR EACH ROW EXECUTE FUNCTION samverkan_contact_log_loses_words();
ALTER TABLE agreements_historicalcontact ENABLE ALWAYS TRIGGER contact_log_loses_words;
"""
STAYS = """
DROP FUNCTION samverkan_contact_log_loses_words() CASCADE;
DROP TRIGGER contact_log_stays ON agreements_historicalcontact;
CREATE TRIGGER contact_log_stays BEFORE UPDATE OR DELETE ON agreements_historicalcontact
    FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();
ALTER TABLE agreements_historicalcontact ENABLE ALWAYS TRIGGER contact_log_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0023_a_closed_account_acts_for_nobody")]

    operations = [migrations.RunSQL(LOSES_WORDS, STAYS)]
