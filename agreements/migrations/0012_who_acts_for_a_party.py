"""Who coordinates, signs, keeps records or prepares does it for a party; a local agreement rests on an overarching one.

Members who joined without a party before stay, and can leave."""

from django.db import migrations

MEMBERS = """
CREATE FUNCTION samverkan_member_acts_for_a_party() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_role text;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.party_id, OLD.role_group_id, OLD.capacity, OLD.organisation_id)
        IS NOT DISTINCT FROM (NEW.party_id, NEW.role_group_id, NEW.capacity, NEW.organisation_id) THEN
        RETURN NEW;
    END IF;
    SELECT g.role INTO of_role FROM agreements_rolegroup g WHERE g.id = NEW.role_group_id;
    IF NEW.party_id IS NULL AND (of_role IN ('coordinator', 'signatory', 'registrar')
        OR (of_role = 'preparatory' AND NEW.capacity <> 'co_opted' AND NEW.organisation_id IS NULL)) THEN
        RAISE EXCEPTION 'nobody has that role without a party' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER member_acts_for_a_party BEFORE INSERT OR UPDATE ON agreements_membership
    FOR EACH ROW EXECUTE FUNCTION samverkan_member_acts_for_a_party();
ALTER TABLE agreements_membership ENABLE ALWAYS TRIGGER member_acts_for_a_party;
"""

PARENTS = """
CREATE FUNCTION samverkan_parent_is_overarching() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An overarching agreement rests on no other (a constraint), so there is never a circle.
    IF TG_OP = 'UPDATE' AND (OLD.parent_id, OLD.level) IS NOT DISTINCT FROM (NEW.parent_id, NEW.level) THEN
        RETURN NEW;
    END IF;
    IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM agreements_agreement a WHERE a.id = NEW.parent_id AND a.level = 'overarching')
       OR NEW.level <> 'overarching' AND EXISTS (
        SELECT 1 FROM agreements_agreement a WHERE a.parent_id = NEW.id) THEN
        RAISE EXCEPTION 'an agreement rests on an overarching one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER parent_is_overarching BEFORE INSERT OR UPDATE OF parent_id, level ON agreements_agreement
    FOR EACH ROW EXECUTE FUNCTION samverkan_parent_is_overarching();
ALTER TABLE agreements_agreement ENABLE ALWAYS TRIGGER parent_is_overarching;
"""

DROP = """
DROP FUNCTION samverkan_member_acts_for_a_party() CASCADE;
DROP FUNCTION samverkan_parent_is_overarching() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0011_decisions_from_above_are_recorded_once")]

    operations = [migrations.RunSQL(MEMBERS + PARENTS, DROP)]
