"""The words of the forms by version, and registers that were asked for."""

import django.db.models.deletion
import motcua.dossiers.slips.forms
import motcua.law.types
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0012_apologies'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.JSONField(default=dict, verbose_name='bộ lọc')),
                ('scope', models.TextField(verbose_name='bộ lọc bằng lời')),
                ('form', models.CharField(choices=[('pdf', 'PDF'), ('xlsx', 'XLSX')], max_length=4)),
                ('asked_at', models.DateTimeField()),
                ('total', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('ready_at', models.DateTimeField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='FormTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_set', models.CharField(choices=[(motcua.law.types.FormSet['TT01_2018'], motcua.law.types.FormSet['TT01_2018']), (motcua.law.types.FormSet['TT03_2025'], motcua.law.types.FormSet['TT03_2025'])], max_length=20)),
                ('kind', models.CharField(choices=[(motcua.dossiers.slips.forms.SlipKind['APPOINTMENT'], motcua.dossiers.slips.forms.SlipKind['APPOINTMENT']), (motcua.dossiers.slips.forms.SlipKind['SUPPLEMENT'], motcua.dossiers.slips.forms.SlipKind['SUPPLEMENT']), (motcua.dossiers.slips.forms.SlipKind['REJECTION'], motcua.dossiers.slips.forms.SlipKind['REJECTION']), (motcua.dossiers.slips.forms.SlipKind['APOLOGY'], motcua.dossiers.slips.forms.SlipKind['APOLOGY']), (motcua.dossiers.slips.forms.SlipKind['STOP'], motcua.dossiers.slips.forms.SlipKind['STOP']), (motcua.dossiers.slips.forms.SlipKind['CONTROL'], motcua.dossiers.slips.forms.SlipKind['CONTROL']), (motcua.dossiers.slips.forms.SlipKind['REGISTER'], motcua.dossiers.slips.forms.SlipKind['REGISTER']), (motcua.dossiers.slips.forms.SlipKind['TRANSFER_LIST'], motcua.dossiers.slips.forms.SlipKind['TRANSFER_LIST']), (motcua.dossiers.slips.forms.SlipKind['MINUTES'], motcua.dossiers.slips.forms.SlipKind['MINUTES']), (motcua.dossiers.slips.forms.SlipKind['RESULT_LIST'], motcua.dossiers.slips.forms.SlipKind['RESULT_LIST']), (motcua.dossiers.slips.forms.SlipKind['RETURN_RECEIPT'], motcua.dossiers.slips.forms.SlipKind['RETURN_RECEIPT'])], max_length=30)),
                ('version', models.PositiveIntegerField()),
                ('html', models.TextField()),
                ('valid_from', models.DateField()),
                ('status', models.CharField(choices=[(motcua.law.types.ProfileStatus['DRAFT'], motcua.law.types.ProfileStatus['DRAFT']), (motcua.law.types.ProfileStatus['APPROVED'], motcua.law.types.ProfileStatus['APPROVED']), (motcua.law.types.ProfileStatus['REJECTED'], motcua.law.types.ProfileStatus['REJECTED'])], max_length=10)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('drafted_by', models.CharField(max_length=200)),
                ('drafted_by_key', models.CharField(max_length=100)),
                ('drafted_by_person', models.CharField(max_length=100)),
                ('drafted_at', models.DateTimeField()),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('decided_by_key', models.CharField(blank=True, max_length=100)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ('form_set', 'kind', '-version'),
                'constraints': [models.UniqueConstraint(fields=('form_set', 'kind', 'version'), name='form_template_version_once'), models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('form_set', 'kind'), name='form_template_one_draft')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formtemplate',
            trigger=pgtrigger.compiler.Trigger(name='approved_form_template_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" = \'approved\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3b98a2642627eaa743c7d78d0166900a5be0a001', operation='UPDATE OR DELETE', pgid='pgtrigger_approved_form_template_stays_9de9a', table='dossiers_formtemplate', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='registerorder',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post'),
        ),
        migrations.AddIndex(
            model_name='registerorder',
            index=models.Index(fields=['post', '-id'], name='register_order_post'),
        ),
        migrations.AddIndex(
            model_name='registerorder',
            index=models.Index(condition=models.Q(('digest', ''), _negated=True), fields=['digest'], name='register_order_file'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('accepted_at__isnull', False)), fields=['agency', 'accepted_at', 'id'], name='dossier_register'),
        ),
    ]
