"""What a job queues belongs to the transaction of that job, inside a worker too."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from motcua.core.queue import enqueue

pytestmark = pytest.mark.django_db


def test_a_job_queued_inside_a_worker_goes_when_its_transaction_is_undone() -> None:
    with app.replace_connector(app.connector.get_worker_connector()), transaction.atomic():  # type: ignore[attr-defined]  # Django's connector
        enqueue("motcua.notices.jobs.deliver_email", {"message_id": 1})
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            assert cursor.fetchone() == (1,)
        transaction.set_rollback(True)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)
