"""After a loss the log never goes on by itself: somebody answers for it, and the journal says so."""

import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from motcua.adapters.witness.fake import FakeWitness
from motcua.audit.actions import record
from motcua.audit.log_checks import check_log
from motcua.audit.log_keys import known_keys, origin
from motcua.audit.models import Checkpoint, Entry, Head, Leaf, LogKey
from motcua.audit.queries import deeds_on, entries_of
from motcua.audit.sealing import LogTrouble, Sequencer
from motcua.audit.vouching import show_witnesses
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.testing.by_hand import by_hand
from motcua.tlog import note
from motcua.tlog.tiles import Tiles
from motcua.tlog.tree import EMPTY_ROOT

HUNG = Actor(Role.DESK_OFFICER, "post:1", "Phạm Văn Hùng")
OLD = "mot-cua.example/nhat-ky"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("opened")]


def grow(count: int = 3) -> Checkpoint:
    for number in range(count):
        record(HUNG, "dossier.submit", "dossier:7", at=clock.now(), revision=number)
    Sequencer().round()
    return last()


def last() -> Checkpoint:
    found = Checkpoint.objects.order_by("size").last()
    assert found is not None
    return found


def size_shown() -> tuple[str, int]:
    shown = Tiles(settings.LOG_ROOT).checkpoint()
    assert shown is not None
    told = note.Checkpoint.parse(note.parse(shown).text)
    return told.origin, told.size


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def restore(keep: int) -> None:
    """The database as a backup of some time ago has it; the same for what was dumped with it."""
    with by_hand():
        gone = Leaf.objects.filter(index__gte=keep)
        Entry.objects.filter(pk__in=list(gone.values_list("entry_id", flat=True))).delete()
        gone.delete()
        Checkpoint.objects.filter(size__gt=keep).delete()
        for head in Head.objects.all():
            end = Entry.objects.filter(subject=head.subject).order_by("-seq")[0]
            Head.objects.filter(pk=head.pk).update(seq=end.seq, hash=end.hash)


@pytest.fixture
def lost(opened: Path, tmp_path: Path) -> Path:
    """Sealed up to 7, restored by the recipe to 4 on a new machine; the last head was kept elsewhere."""
    grow()
    grow()
    shutil.copy(opened / "checkpoint", tmp_path / "checkpoint")
    restore(4)
    shutil.rmtree(opened)
    return tmp_path / "checkpoint"


def test_without_its_files_the_log_is_not_signed_on() -> None:
    grow()
    grow()
    shutil.rmtree(settings.LOG_ROOT)

    with pytest.raises(LogTrouble, match="reopen_log"):
        grow()
    assert last().size == 7
    assert "log-shrunk" in [each.fault.value for each in check_log()]


def test_a_lost_folder_is_written_anew_when_somebody_answers_for_it() -> None:
    grow(300)
    grow(1)
    root = Path(settings.LOG_ROOT)
    tile = (root / "tile/0/000").read_bytes()
    shutil.rmtree(root)

    run("seal", "--rebuild-files")

    assert (root / "tile/0/000").read_bytes() == tile
    assert size_shown() == (OLD, 303)
    assert deeds_on("log") == ["log.open", "log.rebuild_files"]
    assert list(check_log()) == []
    with pytest.raises(CommandError, match="không có gì để dựng lại"):
        run("seal", "--rebuild-files")


def test_the_files_are_not_written_anew_when_a_witness_saw_more(
    lost: Path, witness: FakeWitness
) -> None:
    witness.size, witness.root = 7, EMPTY_ROOT
    with pytest.raises(CommandError, match="đã thấy cỡ 7"):
        run("seal", "--rebuild-files")
    witness.away_for = 1
    with pytest.raises(CommandError, match="Chưa hỏi được"):
        run("seal", "--rebuild-files")
    assert not Path(settings.LOG_ROOT).exists()
    assert deeds_on("log") == ["log.open"]


def test_killed_before_the_first_checkpoint_is_shown_it_is_shown_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(Tiles, "publish", killed)
        grow()
    grow()
    assert size_shown() == (OLD, 7)


def test_a_log_that_lost_entries_is_followed_by_one_that_names_its_end(lost: Path) -> None:
    record(HUNG, "dossier.submit", "dossier:8", at=clock.now())  # waits meanwhile
    run("reopen_log", "--reason", "mất máy chủ", "--last", str(lost))
    grow()

    new = origin()
    assert new.startswith(f"{OLD}/2")
    assert size_shown() == (new, 9)
    [told] = [each.facts for each in entries_of("log") if each.deed == "log.reopen"]
    assert (told["before"], told["ended"], told["kept"]) == (OLD, 7, 4)
    assert str(told["checkpoint"]).encode() == lost.read_bytes()
    first = Leaf.objects.select_related("entry").get(index=4).entry
    assert first.deed == "log.reopen"
    old, now = known_keys()
    assert (old.key.name, old.most, now.key.name, now.least) == (OLD, 4, new, 5)
    said = run("verify_journal")
    assert f"Sổ {OLD} đã dừng ở dấu cỡ 7, 3 mục đã ký không còn. Sổ {new} tiếp 4 mục" in said
    assert "mất máy chủ" in said


def test_the_files_of_the_log_before_are_set_aside_and_kept() -> None:
    grow()
    grow()
    restore(4)
    with pytest.raises(LogTrouble, match="bản sao lưu"):
        grow()
    run("reopen_log", "--reason", "bản sao lưu cũ")

    [aside] = Path(settings.LOG_ROOT).parent.glob("log.7-*")
    assert note.parse((aside / "checkpoint").read_bytes()).text.startswith(f"{OLD}\n7\n".encode())
    assert size_shown()[0] == origin() != OLD
    assert list(check_log()) == []


def test_the_witness_takes_the_new_log_for_what_it_is(lost: Path, witness: FakeWitness) -> None:
    run("reopen_log", "--reason", "mất máy chủ", "--last", str(lost))
    assert show_witnesses() == 1  # to it another name is another log, of which it knows nothing
    assert list(check_log()) == []


@pytest.mark.parametrize("killed_at", ["rename", "append", "publish"])
def test_killed_while_it_begins_anew_it_is_finished_by_the_next_round(
    killed_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    grow()
    grow()
    restore(4)
    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        where: Any = Path if killed_at == "rename" else Tiles
        dying.setattr(where, killed_at, killed)
        run("reopen_log", "--reason", "bản sao lưu cũ")
    grow()
    assert size_shown()[0] == origin() != OLD
    assert list(check_log()) == []


def test_a_whole_log_is_not_begun_anew(tmp_path: Path) -> None:
    grow()
    with pytest.raises(CommandError, match="không cần sổ mới"):
        run("reopen_log", "--reason", "thử")
    forged = tmp_path / "checkpoint"
    key = note.SigningKey.generate(OLD)
    forged.write_bytes(note.sign(note.Checkpoint(OLD, 99, bytes(32)), key).signed)
    with pytest.raises(CommandError, match="không do khóa nào"):
        run("reopen_log", "--reason", "thử", "--last", str(forged))
    assert deeds_on("log") == ["log.open"]


def test_a_log_begun_anew_without_saying_where_the_old_one_ended_is_a_fault() -> None:
    grow()
    other = note.SigningKey.generate(f"{OLD}/khac")
    LogKey.objects.create(vkey=other.verifier.vkey, from_size=5, at=clock.now())
    assert "reopened-otherwise" in [each.fault.value for each in check_log()]
