"""The watchdog's findings: more kinds of silence, and the indexes by which it looks for them."""

import motcua.dossiers.types
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("dossiers", "0021_legal_due")]

    operations = [
        migrations.CreateModel(
            name='WatchMark',
            fields=[
                ('kind', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('seen_until', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='alarm',
            name='closed_by',
            field=models.CharField(blank=True, max_length=200, verbose_name='hết do'),
        ),
        migrations.AlterField(
            model_name='alarm',
            name='kind',
            field=models.CharField(choices=[(motcua.dossiers.types.AlarmKind['ANSWER'], 'trả lời tiếp nhận'), (motcua.dossiers.types.AlarmKind['OPINION'], 'cho ý kiến'), (motcua.dossiers.types.AlarmKind['LATE_AHEAD'], 'thư xin lỗi chờ ký'), (motcua.dossiers.types.AlarmKind['MORE_ANSWER'], 'trả lời phần bổ sung'), (motcua.dossiers.types.AlarmKind['HAND_OVER'], 'bàn giao cho đơn vị giải quyết'), (motcua.dossiers.types.AlarmKind['TAKE_OVER'], 'xác nhận bàn giao'), (motcua.dossiers.types.AlarmKind['RESULT'], 'trả kết quả'), (motcua.dossiers.types.AlarmKind['CORRECTION'], 'cấp lại kết quả'), (motcua.dossiers.types.AlarmKind['SUPPLY'], 'bổ sung của người nộp'), (motcua.dossiers.types.AlarmKind['NO_LETTER'], 'trễ hẹn mà chưa có thư xin lỗi'), (motcua.dossiers.types.AlarmKind['ASKED_LONG'], 'người nộp lâu chưa bổ sung'), (motcua.dossiers.types.AlarmKind['UNASSIGNED'], 'lâu chưa phân công'), (motcua.dossiers.types.AlarmKind['STEP'], 'lâu không có bước xử lý nào'), (motcua.dossiers.types.AlarmKind['UNSIGNED'], 'nằm chờ ký'), (motcua.dossiers.types.AlarmKind['UNISSUED'], 'đã ký mà chưa ban hành'), (motcua.dossiers.types.AlarmKind['UNCOLLECTED'], 'có kết quả mà lâu chưa trả'), (motcua.dossiers.types.AlarmKind['VISIT'], 'qua ngày xác minh mà chưa có biên bản'), (motcua.dossiers.types.AlarmKind['UNTOLD'], 'có kết quả mà người nộp chưa được báo'), (motcua.dossiers.types.AlarmKind['UNREACHED'], 'tin báo không tới được người nộp'), (motcua.dossiers.types.AlarmKind['DEAD_JOB'], 'việc nền không làm được'), (motcua.dossiers.types.AlarmKind['UNOWNED'], 'không có ai giữ'), (motcua.dossiers.types.AlarmKind['GONE'], 'người thụ lý không còn ở vị trí'), (motcua.dossiers.types.AlarmKind['NO_CLOCK'], 'không có hạn nào đang chạy')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['-id'], name='alarm_newest'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement', 'accepted', 'transferring', 'assigning', 'examining', 'supplement', 'supplemented', 'consulting', 'verifying', 'proposed', 'approved', 'refused', 'correcting', 'result_ready']), ('warn_at__isnull', False)), fields=['status', 'warn_at', 'id'], name='dossier_running_out'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement', 'accepted', 'transferring', 'assigning', 'examining', 'supplement', 'supplemented', 'consulting', 'verifying', 'proposed', 'approved', 'refused', 'correcting', 'result_ready'])), fields=['status', 'changed_at', 'id'], include=('due_at',), name='dossier_standing'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('clock_at__isnull', True), ('status__in', ['submitted', 'accepted', 'transferring', 'assigning', 'examining', 'consulting', 'verifying', 'supplemented', 'proposed', 'approved', 'refused', 'correcting'])), fields=['id'], name='dossier_clockless'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(models.Q(('assignee__isnull', True), ('status__in', ['examining', 'consulting', 'verifying'])), models.Q(('status__in', ['transferring', 'assigning']), ('unit__isnull', True)), _connector='OR'), fields=['id'], name='dossier_loose'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(condition=models.Q(('recorded_at', None)), fields=['visit_at', 'id'], name='verification_open'),
        ),
    ]
