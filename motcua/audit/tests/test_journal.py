"""The journal is the one that was written, or the check says where it is not."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from motcua.audit import queries, rules
from motcua.audit.actions import record, record_many, record_reading
from motcua.audit.models import Entry, Head
from motcua.audit.types import Finding, Verdict
from motcua.audit.verifying import verify
from motcua.core.actors import Actor, Role

HUNG = Actor(Role.DESK_OFFICER, "post:1", "Phạm Văn Hùng")
AT = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)
SUBJECT = "dossier:7"

pytestmark = pytest.mark.django_db


def three_deeds() -> list[Entry]:
    deeds = ("dossier.submit", "dossier.accept", "dossier.assign")
    return [
        record(HUNG, deed, SUBJECT, at=AT + timedelta(minutes=i), revision=i, due_at=AT)
        for i, deed in enumerate(deeds)
    ]


def tamper(sql: str, *values: bytes) -> None:
    """What somebody with the keys of the database could do: switch the triggers off and write."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def verdict() -> Finding:
    [found] = verify(SUBJECT)
    return found


def test_deeds_on_a_subject_are_read_back_in_order_with_their_facts() -> None:
    three_deeds()

    first, _, last = queries.entries_of(SUBJECT)

    assert first.deed == "dossier.submit"
    assert first.actor_name == "Phạm Văn Hùng"
    assert last.facts == {"revision": 2, "due_at": "2026-11-20T09:00:00.123456Z"}
    assert [e.seq for e in queries.entries_of(SUBJECT)] == [1, 2, 3]


def test_a_chain_as_written_is_whole() -> None:
    three_deeds()
    record_reading(HUNG, SUBJECT, at=AT, why="thụ lý")

    assert verdict() == Finding(SUBJECT, Verdict.OK, 4)
    call_command("verify_journal")


def test_a_deed_done_on_many_subjects_joins_each_chain_as_one_deed_does() -> None:
    three_deeds()
    told = {"reason": "Nghỉ bão “Hải Âu”\\u0000\x00\n", "old": AT, "left": None}
    with transaction.atomic():
        record_many(HUNG, "dossier.recount", {SUBJECT: told, "dossier:8": told}, at=AT)
    record(HUNG, "dossier.recount", "dossier:9", at=AT, **told)
    record(HUNG, "dossier.propose", SUBJECT, at=AT)

    many, one = (queries.entries_of(f"dossier:{n}")[0] for n in (8, 9))
    assert (many.facts, many.deed, many.at) == (one.facts, one.deed, one.at)
    assert (many.actor, many.actor_name, many.seq) == (one.actor, one.actor_name, one.seq)
    assert verdict() == Finding(SUBJECT, Verdict.OK, 5)
    for subject in ("dossier:8", "dossier:9"):
        assert [found.verdict for found in verify(subject)] == [Verdict.OK]


def test_many_links_cost_as_many_statements_as_two(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for subjects in (2, 200):
        facts = {f"dossier:{n}": {"n": n} for n in range(subjects)}
        with transaction.atomic(), django_assert_num_queries(2):
            record_many(HUNG, "dossier.recount", facts, at=AT)
    assert [found.entries for found in verify("dossier:1")] == [2]


def test_the_stored_bytes_are_the_hashed_bytes() -> None:
    [entry, *_] = three_deeds()
    entry.refresh_from_db()

    assert rules.link(rules.FIRST_PREV, bytes(entry.salt), bytes(entry.body)) == bytes(entry.hash)
    assert "Phạm Văn Hùng".encode() in bytes(entry.body)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET deed = 'x'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET seq = 1",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_head",
    ],
)
def test_the_database_refuses_to_change_or_empty_the_journal(statement: str) -> None:
    three_deeds()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL motcua.strict = 'on'")
        cursor.execute(statement)

    assert verdict().verdict is Verdict.OK


def test_one_altered_byte_is_found_and_the_entry_named() -> None:
    three_deeds()
    tamper("UPDATE audit_entry SET body = set_byte(body, 20, get_byte(body, 20) # 1) WHERE seq = 2")

    assert (verdict().verdict, verdict().seq) == (Verdict.CONTENT_CHANGED, 2)
    with pytest.raises(CommandError, match=r"dossier:7 #2 content-changed") as refusal:
        call_command("verify_journal")
    assert refusal.value.returncode == 1


def test_a_column_that_no_longer_says_what_was_hashed_is_found() -> None:
    three_deeds()
    tamper("UPDATE audit_entry SET actor = 'post:99' WHERE seq = 3")

    assert (verdict().verdict, verdict().seq) == (Verdict.CONTENT_CHANGED, 3)


def test_an_entry_written_anew_breaks_the_link_after_it() -> None:
    three_deeds()
    entry = Entry.objects.get(seq=2)
    body = bytes(entry.body).replace(b"accept", b"reject")
    forged = rules.link(bytes(entry.prev), bytes(entry.salt), body)
    tamper(
        "UPDATE audit_entry SET body=%s, hash=%s, deed='dossier.reject' WHERE seq = 2", body, forged
    )

    assert (verdict().verdict, verdict().seq) == (Verdict.LINK_BROKEN, 3)


def test_a_lost_entry_is_missed_in_the_middle_at_the_end_and_altogether() -> None:
    three_deeds()
    tamper("DELETE FROM audit_entry WHERE seq = 3")
    assert (verdict().verdict, verdict().seq) == (Verdict.MISSING_TAIL, 3)
    tamper("DELETE FROM audit_entry WHERE seq = 1")
    assert (verdict().verdict, verdict().seq) == (Verdict.MISSING, 1)
    tamper("DELETE FROM audit_entry")
    assert (verdict().verdict, verdict().seq) == (Verdict.MISSING, 1)


def test_what_is_rolled_back_was_never_journalled() -> None:
    three_deeds()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(HUNG, "dossier.decide", SUBJECT, at=AT)
        raise ZeroDivisionError

    assert Head.objects.get(subject=SUBJECT).seq == 3
    assert verdict().verdict is Verdict.OK


def test_only_plain_facts_are_taken() -> None:
    with pytest.raises(TypeError):
        record(HUNG, "dossier.accept", SUBJECT, at=AT, amount=1.5)


def test_text_is_written_in_one_normal_form() -> None:
    assert rules.canonical({"b": "Nguye\u0302\u0303n", "a": 1}) == '{"a":1,"b":"Nguyễn"}'.encode()


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_still_make_one_chain() -> None:
    gate = threading.Barrier(4)

    def act() -> None:
        gate.wait()
        for _ in range(5):
            record(HUNG, "dossier.read", SUBJECT, at=AT)
        connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert verdict() == Finding(SUBJECT, Verdict.OK, 20)
