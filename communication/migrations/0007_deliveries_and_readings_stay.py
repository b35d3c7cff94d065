"""How a notice was delivered, and that it was read, stays: a raw UPDATE, DELETE or TRUNCATE fails too."""

from django.db import migrations

CREATE = """
CREATE FUNCTION communication_delivery_only_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A delivery stays that notice's, by that way to that address; it moves as communication.states says, and what
    -- has been sent or has failed moves no more.
    IF (NEW.notice_id, NEW.channel, NEW.address, NEW.requested_by_id)
        IS DISTINCT FROM (OLD.notice_id, OLD.channel, OLD.address, OLD.requested_by_id)
       OR NEW.attempts < OLD.attempts
       OR (OLD.status IN ('sent', 'failed') AND to_jsonb(NEW) <> to_jsonb(OLD))
       OR (NEW.status <> OLD.status AND NOT (OLD.status, NEW.status) IN (
            ('pending', 'sending'), ('pending', 'failed'), ('sending', 'sent'), ('sending', 'pending'),
            ('sending', 'failed'), ('sending', 'uncertain'), ('uncertain', 'sent')))
    THEN
        RAISE EXCEPTION 'a delivery only goes on' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION communication_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER delivery_only_goes_on BEFORE UPDATE ON communication_delivery
    FOR EACH ROW EXECUTE FUNCTION communication_delivery_only_goes_on();
CREATE TRIGGER delivery_is_kept BEFORE DELETE ON communication_delivery
    FOR EACH ROW EXECUTE FUNCTION communication_is_kept();
CREATE TRIGGER delivery_is_not_emptied BEFORE TRUNCATE ON communication_delivery
    FOR EACH STATEMENT EXECUTE FUNCTION communication_is_kept();
CREATE TRIGGER reading_is_kept BEFORE UPDATE OR DELETE ON communication_reading
    FOR EACH ROW EXECUTE FUNCTION communication_is_kept();
CREATE TRIGGER reading_is_not_emptied BEFORE TRUNCATE ON communication_reading
    FOR EACH STATEMENT EXECUTE FUNCTION communication_is_kept();

-- Also in a session that calls itself a replica, as a superuser's may.
ALTER TABLE communication_delivery ENABLE ALWAYS TRIGGER delivery_only_goes_on;
ALTER TABLE communication_delivery ENABLE ALWAYS TRIGGER delivery_is_kept;
ALTER TABLE communication_delivery ENABLE ALWAYS TRIGGER delivery_is_not_emptied;
ALTER TABLE communication_reading ENABLE ALWAYS TRIGGER reading_is_kept;
ALTER TABLE communication_reading ENABLE ALWAYS TRIGGER reading_is_not_emptied;
"""

DROP = """
DROP FUNCTION communication_delivery_only_goes_on() CASCADE;
DROP FUNCTION communication_is_kept() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("communication", "0006_that_an_annex_ends_is_told")]

    operations = [migrations.RunSQL(CREATE, DROP)]
