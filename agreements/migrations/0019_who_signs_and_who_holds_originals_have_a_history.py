"""Who shall sign, and who holds which original, was changed by whom, is kept; nobody empties that log."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0018_more_falsehoods_are_refused'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalOriginalCopy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agreements.party')),
                ('manifest', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agreements.manifest')),
            ],
            options={
                'verbose_name': 'historical original',
                'verbose_name_plural': 'historical originals',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSignatory',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('is_acting', models.BooleanField(default=False, verbose_name='acting')),
                ('is_deputy', models.BooleanField(default=False, verbose_name='deputy')),
                ('authority', models.CharField(blank=True, help_text='Delegation, decision or position.', max_length=250, verbose_name='basis of authority')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('manifest', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agreements.manifest')),
                ('party', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agreements.party')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical signatory',
                'verbose_name_plural': 'historical signatories',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {name}_log_stays BEFORE UPDATE OR DELETE ON agreements_historical{name} "
                "FOR EACH ROW EXECUTE FUNCTION samverkan_is_written_once();\n"
                f"ALTER TABLE agreements_historical{name} ENABLE ALWAYS TRIGGER {name}_log_stays;\n"
                f"CREATE TRIGGER {name}_log_is_not_emptied BEFORE TRUNCATE ON agreements_historical{name} "
                "FOR EACH STATEMENT EXECUTE FUNCTION samverkan_is_written_once();\n"
                f"ALTER TABLE agreements_historical{name} ENABLE ALWAYS TRIGGER {name}_log_is_not_emptied;",
                migrations.RunSQL.noop,
            )
            for name in ("signatory", "originalcopy")
        ),
    ]
