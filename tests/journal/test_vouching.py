"""Who saw the log grow, and what happens when they are away, refuse, or lie."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import Settings as SettingsWrapper

from motcua.adapters.tsa.fake import FakeTimestamper
from motcua.adapters.witness.fake import FakeWitness
from motcua.audit import ports
from motcua.audit.actions import record
from motcua.audit.log_checks import check_log
from motcua.audit.log_keys import KeyTrouble, known_keys, signing_key
from motcua.audit.log_state import log_state
from motcua.audit.models import Checkpoint, Cosignature, TimeStamp
from motcua.audit.sealing import Sequencer
from motcua.audit.vouching import show_witnesses, stamp_log
from motcua.config.database import BASE_DIR
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.ports import adapter
from motcua.testing.by_hand import by_hand
from motcua.tlog import note

HUNG = Actor(Role.DESK_OFFICER, "post:1", "Phạm Văn Hùng")
NAME = "nguoi-lam-chung.example"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("opened")]


def grow(count: int = 3) -> Checkpoint:
    for _ in range(count):
        record(HUNG, "dossier.read", "dossier:7", at=clock.now())
    Sequencer().round()
    return Checkpoint.objects.order_by("-size")[0]


def test_a_witness_signs_each_checkpoint_once_and_its_line_is_kept(witness: FakeWitness) -> None:
    last = grow()
    assert [show_witnesses(), show_witnesses()] == [1, 0]
    kept = Cosignature.objects.get()
    signed = note.parse(bytes(last.note)).plus([note.Signature.parse(kept.line.rstrip())])
    assert note.cosigned_at(signed, witness.key.verifier) == int(kept.at.timestamp())
    grow(300)
    assert show_witnesses() == 1
    assert list(check_log()) == []


def test_a_witness_that_is_away_is_told_of_and_sealing_goes_on(witness: FakeWitness) -> None:
    witness.away_for = 1
    grow()
    assert show_witnesses() == 0
    [found] = log_state().witnesses
    assert "không nối được" in found.trouble
    assert not found.refuses
    assert grow().size == 7
    assert show_witnesses() == 1
    assert log_state().witnesses[0].trouble == ""


def test_a_witness_that_knows_more_than_we_show_refuses_for_good(witness: FakeWitness) -> None:
    last = grow()
    witness.size, witness.root = last.size + 5, b"\x07" * 32
    assert show_witnesses() == 0
    [found] = log_state().witnesses
    assert found.refuses
    assert "rút ngắn" in found.trouble
    assert [each.fault.value for each in check_log()] == ["not-vouched"]


def test_a_line_by_another_key_is_not_taken_for_the_witness(
    witness: FakeWitness, settings: SettingsWrapper
) -> None:
    other = note.SigningKey.generate(NAME, note.COSIGNATURE)
    settings.WITNESSES = [("https://x.example", other.verifier.vkey)]
    grow()
    assert show_witnesses() == 0
    assert not Cosignature.objects.exists()
    assert "không phải của khóa" in log_state().witnesses[0].trouble


def test_the_hour_is_stamped_once_an_hour_and_only_on_something_new() -> None:
    now = clock.now()
    assert not stamp_log(now=now)  # there is nothing yet
    grow()
    assert [stamp_log(now=now), stamp_log(now=now)] == [True, False]
    grow()
    assert not stamp_log(now=now)
    assert stamp_log(now=now + timedelta(hours=1))
    assert TimeStamp.objects.count() == 2
    assert log_state().stamped_size == 7


def test_an_authority_that_is_away_or_lies_leaves_the_log_unstamped_and_is_told_of() -> None:
    authority = ports.timestamper()
    assert isinstance(authority, FakeTimestamper)
    grow()
    authority.away_for, authority.lies = 1, True
    assert not stamp_log()
    assert "không nối được" in log_state().authority_trouble
    assert not stamp_log()
    assert "sai dấu" in log_state().authority_trouble
    authority.lies = False
    assert stamp_log()
    assert log_state().authority_trouble == ""


def test_the_stamp_goes_on_what_a_witness_signed_unless_they_are_away(
    witness: FakeWitness,
) -> None:
    now, cosigned = clock.now(), grow()
    assert show_witnesses() == 1
    newer = grow()
    assert stamp_log(now=now)  # the log went on meanwhile
    assert TimeStamp.objects.get().checkpoint == cosigned
    assert stamp_log(now=now + timedelta(hours=1))
    assert log_state().stamped_size == newer.size


def test_without_an_authority_nothing_is_stamped(settings: SettingsWrapper) -> None:
    settings.ADAPTERS = {k: v for k, v in settings.ADAPTERS.items() if k != "timestamper"}
    grow()
    assert not stamp_log()
    assert not log_state().has_authority


def test_another_key_signs_from_the_next_checkpoint_and_the_old_ones_stay_good() -> None:
    before = grow()
    old = signing_key().verifier
    call_command("rotate_log_key")
    assert Path(settings.LOG_KEYS, "log_key").stat().st_mode & 0o777 == 0o600
    after = grow()

    first, second = known_keys()
    assert (first.most, second.least) == (before.size, before.size + 1)
    assert note.is_signed_by(note.parse(bytes(before.note)), old)
    assert not note.is_signed_by(note.parse(bytes(after.note)), old)
    assert note.is_signed_by(note.parse(bytes(after.note)), second.key)
    assert list(check_log()) == []


def test_a_head_signed_by_a_key_that_was_replaced_is_not_good() -> None:
    grow()
    old = signing_key()
    call_command("rotate_log_key")
    last = grow()
    told = note.Checkpoint.parse(note.parse(bytes(last.note)).text)
    with by_hand():
        Checkpoint.objects.filter(pk=last.pk).update(note=note.sign(told, old).signed)
    assert ("bad-signature", f"cỡ {last.size}") in [(f.fault.value, f.where) for f in check_log()]


def test_a_rotation_cut_off_before_the_file_was_moved_still_finds_its_key() -> None:
    grow()
    call_command("rotate_log_key")
    current = Path(settings.LOG_KEYS, "log_key")
    current.rename(current.with_name("log_key.next"))
    assert grow().size > 4


def test_without_its_secret_the_log_says_what_to_do_and_a_new_key_takes_over() -> None:
    grow()
    Path(settings.LOG_KEYS, "log_key").unlink()
    with pytest.raises(KeyTrouble, match="rotate_log_key"):
        grow()
    call_command("rotate_log_key")
    Sequencer().round()
    assert list(check_log()) == []


@pytest.fixture
def real_witness(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The witness as a program of its own: its address and its key."""
    line = [sys.executable, "-m", "motcua.witness", "--var", str(tmp_path / "witness")]
    subprocess.run([*line, "--new-key", NAME], check=True, cwd=BASE_DIR, capture_output=True)
    keys = [known_keys()[0].key.vkey]
    serving = subprocess.Popen(
        [*line, "--port", "0", "--log", *keys], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    assert serving.stdout is not None
    vkey, url = serving.stdout.readline().strip(), serving.stdout.readline().strip()
    yield url.rstrip("/"), vkey
    serving.terminate()
    serving.wait(10)
    serving.stdout.close()


def test_the_witness_in_its_own_process_signs_growth_and_refuses_a_rewritten_past(
    real_witness: tuple[str, str], settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.WITNESSES = [real_witness]
    settings.ADAPTERS = {
        **settings.ADAPTERS, "witness": "motcua.adapters.witness.adapter.HttpWitness",
    }  # fmt: skip
    adapter.cache_clear()
    grow()
    assert show_witnesses() == 1
    grow(400)
    assert show_witnesses() == 1
    assert list(check_log()) == []

    last = Checkpoint.objects.order_by("-size")[0]
    told = note.Checkpoint(known_keys()[0].key.name, last.size, b"\x01" * 32)
    with by_hand():
        Checkpoint.objects.filter(pk=last.pk).update(
            root=told.root, note=note.sign(told, signing_key()).signed
        )
        Cosignature.objects.all().delete()
    assert show_witnesses() == 0
    assert "lịch sử bị viết lại" in log_state().witnesses[0].trouble
