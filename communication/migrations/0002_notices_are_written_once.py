"""A notice stays as it was written: a raw UPDATE, DELETE or TRUNCATE fails too (design.md, "Truths")."""

from django.db import migrations

CREATE = """
CREATE FUNCTION communication_notice_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a notice is written once: % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER notice_is_written_once BEFORE UPDATE OR DELETE ON communication_notice
    FOR EACH ROW EXECUTE FUNCTION communication_notice_is_written_once();

CREATE TRIGGER notice_is_not_emptied BEFORE TRUNCATE ON communication_notice
    FOR EACH STATEMENT EXECUTE FUNCTION communication_notice_is_written_once();

-- Also in a session that calls itself a replica, as a superuser's may.
ALTER TABLE communication_notice ENABLE ALWAYS TRIGGER notice_is_written_once;
ALTER TABLE communication_notice ENABLE ALWAYS TRIGGER notice_is_not_emptied;
"""

DROP = """
DROP TRIGGER notice_is_not_emptied ON communication_notice;
DROP TRIGGER notice_is_written_once ON communication_notice;
DROP FUNCTION communication_notice_is_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("communication", "0001_notices")]

    operations = [migrations.RunSQL(CREATE, DROP)]
