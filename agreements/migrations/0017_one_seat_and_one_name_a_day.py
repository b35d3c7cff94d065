"""On each day a person sits in a group once for a party, and an organisation has one former name at most.

The embedded server has no btree_gist (design.md, "Truths"): the rows that the periods belong to are locked, and the
others looked at. What overlaps already stays, and can be ended; only a new overlap is refused.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION samverkan_sits_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    period daterange := daterange(NEW.starts_on, NEW.ends_on, '[]');
    is_same boolean := false;
BEGIN
    -- For a party of the group's own agreement, and not twice on one day. Who was let in and ended on the same day
    -- is put to the day before, whatever else was held then: that gives no right.
    IF NEW.party_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM agreements_rolegroup g JOIN agreements_party p ON p.agreement_id = g.agreement_id
        WHERE g.id = NEW.role_group_id AND p.id = NEW.party_id)
    THEN
        RAISE EXCEPTION 'the party belongs to another agreement' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.user_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        is_same := (OLD.user_id, OLD.role_group_id, OLD.party_id)
            IS NOT DISTINCT FROM (NEW.user_id, NEW.role_group_id, NEW.party_id);
        IF is_same AND NEW.starts_on = NEW.ends_on AND NEW.ends_on < samverkan_day(now()) THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM 1 FROM agreements_rolegroup WHERE id = NEW.role_group_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM agreements_membership m
        WHERE m.user_id = NEW.user_id AND m.role_group_id = NEW.role_group_id
          AND m.party_id IS NOT DISTINCT FROM NEW.party_id AND m.id <> NEW.id
          AND daterange(m.starts_on, m.ends_on, '[]') && period
          AND NOT (is_same AND daterange(m.starts_on, m.ends_on, '[]') && daterange(OLD.starts_on, OLD.ends_on, '[]')))
    THEN
        RAISE EXCEPTION 'somebody sits in a group once for a party' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER member_sits_once BEFORE INSERT OR UPDATE ON agreements_membership
    FOR EACH ROW EXECUTE FUNCTION samverkan_sits_once();
ALTER TABLE agreements_membership ENABLE ALWAYS TRIGGER member_sits_once;

CREATE FUNCTION samverkan_one_name_a_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    it agreements_organisationname%ROWTYPE;
BEGIN
    -- At commit: names change their dates together.
    SELECT * INTO it FROM agreements_organisationname WHERE id = NEW.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM agreements_organisation WHERE id = it.organisation_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM agreements_organisationname n
        WHERE n.organisation_id = it.organisation_id AND n.id <> it.id
          AND daterange(n.valid_from, n.valid_to, '[]') && daterange(it.valid_from, it.valid_to, '[]')
          AND NOT (TG_OP = 'UPDATE' AND OLD.organisation_id = it.organisation_id
                   AND daterange(n.valid_from, n.valid_to, '[]') && daterange(OLD.valid_from, OLD.valid_to, '[]')))
    THEN
        RAISE EXCEPTION 'two names hold on the same day' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER one_name_a_day AFTER INSERT OR UPDATE ON agreements_organisationname
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samverkan_one_name_a_day();
ALTER TABLE agreements_organisationname ENABLE ALWAYS TRIGGER one_name_a_day;
"""

DROP = """
DROP FUNCTION samverkan_sits_once() CASCADE;
DROP FUNCTION samverkan_one_name_a_day() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0016_files_beside_have_a_history")]

    operations = [migrations.RunSQL(CREATE, DROP)]
