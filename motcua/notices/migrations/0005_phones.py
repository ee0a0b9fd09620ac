"""Channels to telephones: what was chosen, what waits, and who cannot be reached."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('notices', '0004_no_apology_yet'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channels', models.JSONField()),
                ('quiet_from', models.PositiveSmallIntegerField()),
                ('quiet_to', models.PositiveSmallIntegerField()),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Unreached',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(blank=True, max_length=254)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveIntegerField()),
                ('trouble', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_unsent',
        ),
        migrations.AddField(
            model_name='delivery',
            name='is_open',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='delivery',
            name='is_unreachable',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='delivery',
            name='not_before',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='turn',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='message',
            name='registered',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='status',
            field=models.CharField(choices=[('queued', 'queued'), ('sent', 'sent'), ('failed', 'failed'), ('dropped', 'dropped'), ('held', 'held'), ('standby', 'standby'), ('spared', 'spared')], default='queued', max_length=10),
        ),
        migrations.AlterField(
            model_name='message',
            name='channel',
            field=models.CharField(choices=[('inbox', 'inbox'), ('email', 'email'), ('sms', 'sms'), ('zalo', 'zalo')], max_length=10),
        ),
        migrations.AlterField(
            model_name='template',
            name='channel',
            field=models.CharField(choices=[('inbox', 'inbox'), ('email', 'email'), ('sms', 'sms'), ('zalo', 'zalo')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('status__in', ['queued', 'failed'])), fields=['at'], name='delivery_unsent'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('status', 'held')), fields=['not_before'], name='delivery_held'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('address', ''), _negated=True), fields=['address'], name='message_address'),
        ),
        migrations.AddField(
            model_name='preference',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='unreached',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='unreached',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('address', ''), _negated=True), _connector='XOR'), name='unreached_is_somebody'),
        ),
        migrations.AddConstraint(
            model_name='unreached',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None), ('person__isnull', False)), fields=('person',), name='unreached_person_once'),
        ),
        migrations.AddConstraint(
            model_name='unreached',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None), models.Q(('address', ''), _negated=True)), fields=('address',), name='unreached_address_once'),
        ),
    ]
