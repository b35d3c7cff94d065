"""Who sits in the preparatory group for two parties says for one of them that a version is ready."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION samverkan_nobody_forwards_for_two_parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A version takes the word of a member of each party. What was forwarded before this stays as it is.
    IF NEW.verb = 'forward' AND EXISTS (SELECT 1 FROM agreements_move m WHERE m.proposal_id = NEW.proposal_id
                                        AND m.verb = 'forward' AND m.moved_by_id = NEW.moved_by_id)
    THEN
        RAISE EXCEPTION 'nobody forwards for two parties' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER nobody_forwards_for_two_parties BEFORE INSERT ON agreements_move
    FOR EACH ROW EXECUTE FUNCTION samverkan_nobody_forwards_for_two_parties();
ALTER TABLE agreements_move ENABLE ALWAYS TRIGGER nobody_forwards_for_two_parties;
"""
UNDO = "DROP FUNCTION samverkan_nobody_forwards_for_two_parties() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0031_party_keys_differ")]

    operations = [migrations.RunSQL(FORWARDS, UNDO)]
