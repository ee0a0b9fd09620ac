"""A message is for a person, for an official in a post, or for a bare address."""

import django.db.models.deletion
import motcua.notices.types
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('notices', '0002_delivery_dropped'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='address',
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='message',
            name='post',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post'),
        ),
        migrations.AlterField(
            model_name='message',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('channel', motcua.notices.types.Channel['INBOX']), ('post__isnull', False)), fields=['post', '-id'], name='message_post_inbox'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('channel', motcua.notices.types.Channel['INBOX']), ('post__isnull', False), ('read_at', None)), fields=['post'], name='message_post_unread'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recipient__isnull', False), models.Q(('post__isnull', False), _negated=True), ('address', '')), models.Q(models.Q(('recipient__isnull', False), _negated=True), ('post__isnull', False), ('address', '')), models.Q(models.Q(('recipient__isnull', False), _negated=True), models.Q(('post__isnull', False), _negated=True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='message_has_one_reader'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', motcua.notices.types.Channel['INBOX']), _negated=True), ('address', ''), _connector='OR'), name='message_inbox_is_somebodys'),
        ),
    ]
