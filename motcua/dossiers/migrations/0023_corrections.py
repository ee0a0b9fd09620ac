"""Results opened again and replaced, the record of what went wrong, late entries."""

import django.db.models.deletion
import motcua.dossiers.acts
import motcua.dossiers.incident_words
import motcua.dossiers.workflow
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0022_watchdog'),
        ('law', '0001_initial'),
        ('people', '0001_initial'),
        ('procedures', '0004_abolished_by_source'),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('issued_on', models.DateField(null=True)),
                ('digest', models.CharField(max_length=64)),
                ('replaced_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[(motcua.dossiers.incident_words.Subject['RESULT'], 'kết quả giải quyết'), (motcua.dossiers.incident_words.Subject['PAPERS'], 'giấy tờ trong hồ sơ')], default=motcua.dossiers.incident_words.Subject['RESULT'], max_length=10)),
                ('kind', models.CharField(choices=[(motcua.dossiers.incident_words.IncidentKind['WRONG'], 'Sai sót'), (motcua.dossiers.incident_words.IncidentKind['LOST'], 'Mất'), (motcua.dossiers.incident_words.IncidentKind['DAMAGED'], 'Hư hỏng')], max_length=10)),
                ('fault', models.CharField(choices=[(motcua.dossiers.incident_words.Fault['AGENCY'], 'Cơ quan giải quyết'), (motcua.dossiers.incident_words.Fault['POST'], 'Bưu chính'), (motcua.dossiers.incident_words.Fault['APPLICANT'], 'Người nộp hồ sơ')], max_length=10, verbose_name='lỗi thuộc về')),
                ('what', models.TextField(verbose_name='điều đã xảy ra')),
                ('apology', models.TextField(blank=True, verbose_name='lời xin lỗi')),
                ('is_free', models.BooleanField(verbose_name='người dân không phải trả phí')),
                ('reported_by', models.CharField(max_length=200, verbose_name='người lập')),
                ('reported_at', models.DateTimeField()),
                ('approved_by', models.CharField(blank=True, max_length=200, verbose_name='người duyệt')),
                ('must_by', models.DateTimeField(null=True, verbose_name='hạn khắc phục')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='khắc phục xong')),
                ('settled_by', models.CharField(blank=True, max_length=200)),
                ('settled_how', models.TextField(blank=True, verbose_name='đã khắc phục thế nào')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='LateEntry',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='late_entry', serialize=False, to='dossiers.dossier')),
                ('received_at', models.DateTimeField(verbose_name='nhận bản giấy lúc')),
                ('book', models.CharField(max_length=100, verbose_name='số trong sổ giấy')),
                ('reason', models.TextField(verbose_name='vì sao nhập muộn')),
                ('entered_by', models.CharField(max_length=200, verbose_name='người nhập')),
                ('entered_by_key', models.CharField(max_length=40)),
                ('entered_at', models.DateTimeField(verbose_name='nhập lúc')),
            ],
        ),
        migrations.RemoveIndex(
            model_name='dossier',
            name='dossier_desk',
        ),
        migrations.RemoveIndex(
            model_name='dossier',
            name='dossier_unit',
        ),
        migrations.RemoveIndex(
            model_name='dossier',
            name='dossier_assignee',
        ),
        migrations.RemoveIndex(
            model_name='dossier',
            name='dossier_clock',
        ),
        migrations.RemoveIndex(
            model_name='dossier',
            name='dossier_warn',
        ),
        migrations.AddField(
            model_name='dossier',
            name='correct_by',
            field=models.DateTimeField(null=True, verbose_name='hạn cấp lại kết quả'),
        ),
        migrations.AlterField(
            model_name='approval',
            name='kind',
            field=models.CharField(choices=[(motcua.dossiers.acts.ApprovalKind['WITHDRAW'], 'Rút hồ sơ sau khi tiếp nhận'), (motcua.dossiers.acts.ApprovalKind['MOVE_DATE'], 'Dời ngày hẹn trả'), (motcua.dossiers.acts.ApprovalKind['CORRECT_CODE'], 'Sửa mã hồ sơ'), (motcua.dossiers.acts.ApprovalKind['REOPEN'], 'Mở lại để đính chính kết quả')], max_length=20),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='status',
            field=models.CharField(choices=[(motcua.dossiers.workflow.Status['DRAFT'], 'Bản nháp'), (motcua.dossiers.workflow.Status['SUBMITTED'], 'Đã nộp, chờ tiếp nhận'), (motcua.dossiers.workflow.Status['PRE_SUPPLEMENT'], 'Chờ bổ sung giấy tờ'), (motcua.dossiers.workflow.Status['REJECTED'], 'Không được tiếp nhận'), (motcua.dossiers.workflow.Status['ACCEPTED'], 'Đã tiếp nhận'), (motcua.dossiers.workflow.Status['TRANSFERRING'], 'Đang bàn giao'), (motcua.dossiers.workflow.Status['ASSIGNING'], 'Đã chuyển, chờ phân công'), (motcua.dossiers.workflow.Status['EXAMINING'], 'Đang thẩm định'), (motcua.dossiers.workflow.Status['CONSULTING'], 'Đang lấy ý kiến'), (motcua.dossiers.workflow.Status['VERIFYING'], 'Đang xác minh thực địa'), (motcua.dossiers.workflow.Status['SUPPLEMENT'], 'Chờ bổ sung khi giải quyết'), (motcua.dossiers.workflow.Status['SUPPLEMENTED'], 'Đã nộp bổ sung, chờ kiểm tra'), (motcua.dossiers.workflow.Status['PROPOSED'], 'Đã trình lãnh đạo'), (motcua.dossiers.workflow.Status['APPROVED'], 'Đã duyệt, chờ ban hành'), (motcua.dossiers.workflow.Status['REFUSED'], 'Không đồng ý, chờ ban hành'), (motcua.dossiers.workflow.Status['CORRECTING'], 'Đang đính chính kết quả'), (motcua.dossiers.workflow.Status['RESULT_READY'], 'Có kết quả, chờ trả'), (motcua.dossiers.workflow.Status['DELIVERED'], 'Đã trả kết quả'), (motcua.dossiers.workflow.Status['WITHDRAWN'], 'Đã rút hồ sơ'), (motcua.dossiers.workflow.Status['STOPPED'], 'Đã dừng giải quyết')], default=motcua.dossiers.workflow.Status['DRAFT'], max_length=20),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement', 'accepted', 'transferring', 'assigning', 'examining', 'supplement', 'supplemented', 'consulting', 'verifying', 'proposed', 'approved', 'refused', 'correcting', 'result_ready'])), fields=['agency', 'status', 'clock_at', 'id'], name='dossier_desk'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement', 'accepted', 'transferring', 'assigning', 'examining', 'supplement', 'supplemented', 'consulting', 'verifying', 'proposed', 'approved', 'refused', 'correcting', 'result_ready']), ('unit__isnull', False)), fields=['unit', 'status', 'clock_at', 'id'], name='dossier_unit'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('assignee__isnull', False), ('status__in', ['submitted', 'pre_supplement', 'accepted', 'transferring', 'assigning', 'examining', 'supplement', 'supplemented', 'consulting', 'verifying', 'proposed', 'approved', 'refused', 'correcting', 'result_ready'])), fields=['assignee', 'status', 'clock_at', 'id'], name='dossier_assignee'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement', 'accepted', 'transferring', 'assigning', 'examining', 'supplement', 'supplemented', 'consulting', 'verifying', 'proposed', 'approved', 'refused', 'correcting', 'result_ready'])), fields=['agency', 'clock_at', 'id'], name='dossier_clock'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement', 'accepted', 'transferring', 'assigning', 'examining', 'supplement', 'supplemented', 'consulting', 'verifying', 'proposed', 'approved', 'refused', 'correcting', 'result_ready'])), fields=['agency', 'warn_at'], name='dossier_warn'),
        ),
        migrations.AddField(
            model_name='earlierresult',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_results', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='incident',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='earlierresult',
            name='incident',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='dossiers.incident'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('dossier', 'subject'), name='incident_open_once'),
        ),
        migrations.AddIndex(
            model_name='earlierresult',
            index=models.Index(fields=['digest'], name='earlier_result_file'),
        ),
    ]
