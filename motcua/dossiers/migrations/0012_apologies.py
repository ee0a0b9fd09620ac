"""Letters of apology, what is asked of a second person, codes that were corrected."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0011_consulting'),
    ]

    operations = [
        migrations.CreateModel(
            name='Apology',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('drafted', 'Chờ ký'), ('signed', 'Đã ký'), ('sent', 'Đã gửi'), ('dropped', 'Không dùng')], default='drafted', max_length=10)),
                ('old_due_at', models.DateTimeField(verbose_name='hạn đã hẹn')),
                ('sign_by', models.DateTimeField(verbose_name='ký chậm nhất')),
                ('new_due_at', models.DateTimeField(null=True, verbose_name='hẹn lại')),
                ('reason', models.TextField(blank=True, verbose_name='lý do')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='số thư')),
                ('drafted_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('withdraw', 'Rút hồ sơ sau khi tiếp nhận'), ('move_date', 'Dời ngày hẹn trả'), ('correct_code', 'Sửa mã hồ sơ')], max_length=20)),
                ('state', models.CharField(choices=[('open', 'Đang chờ'), ('granted', 'Đã đồng ý'), ('refused', 'Không đồng ý'), ('lapsed', 'Hết hiệu lực')], default='open', max_length=10)),
                ('asked_by', models.CharField(max_length=200, verbose_name='người đề nghị')),
                ('asked_by_key', models.CharField(max_length=40)),
                ('asked_by_person', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('reason', models.TextField(verbose_name='lý do')),
                ('facts', models.JSONField(default=dict, verbose_name='nội dung đề nghị')),
                ('revision', models.IntegerField()),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='người quyết định')),
                ('decided_by_key', models.CharField(blank=True, max_length=40)),
                ('decided_by_person', models.CharField(blank=True, max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, verbose_name='lý do quyết định')),
            ],
        ),
        migrations.CreateModel(
            name='FormerCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('due_at__isnull', False), ('finished_at__isnull', True)), fields=['due_at', 'id'], name='dossier_promised'),
        ),
        migrations.AddField(
            model_name='apology',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apologies', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='apology',
            name='move',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.move'),
        ),
        migrations.AddField(
            model_name='apology',
            name='signer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post'),
        ),
        migrations.AddField(
            model_name='approval',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='formercode',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_codes', to='dossiers.dossier'),
        ),
        migrations.AddIndex(
            model_name='apology',
            index=models.Index(fields=['dossier', 'state'], name='apology_dossier'),
        ),
        migrations.AddConstraint(
            model_name='apology',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'drafted')), fields=('dossier',), name='apology_once_drafted'),
        ),
        migrations.AddIndex(
            model_name='approval',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['kind', 'dossier'], name='approval_open'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('dossier', 'kind'), name='approval_once_open'),
        ),
    ]
