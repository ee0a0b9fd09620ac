"""What the watch finds, told once per level; and the index by which it looks."""

import django.db.models.deletion
import motcua.dossiers.types
import motcua.dossiers.workflow
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0006_page_turns'),
        ('people', '0001_initial'),
        ('procedures', '0003_published_version_has_its_form'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(motcua.dossiers.types.AlarmKind['ANSWER'], 'trả lời tiếp nhận')], max_length=20)),
                ('level', models.CharField(choices=[(motcua.dossiers.types.AlarmLevel['WARNING'], 'sắp hết hạn'), (motcua.dossiers.types.AlarmLevel['PASSED'], 'đã quá hạn')], max_length=10)),
                ('occasion', models.IntegerField()),
                ('due_at', models.DateTimeField(verbose_name='hạn lúc báo')),
                ('raised_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status', motcua.dossiers.workflow.Status['SUBMITTED'])), fields=['warn_at', 'id'], name='dossier_unanswered'),
        ),
        migrations.AddField(
            model_name='alarm',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alarms', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='alarm',
            name='raised_to',
            field=models.ManyToManyField(related_name='+', to='agencies.post'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['kind', 'level'], name='alarm_open'),
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.UniqueConstraint(fields=('dossier', 'kind', 'occasion', 'level'), name='alarm_once'),
        ),
    ]
