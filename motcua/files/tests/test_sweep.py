"""What nobody refers to leaves the disk after a day; what anybody refers to never does."""

import os
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings as SettingsWrapper

from motcua.core.errors import NotFound
from motcua.files import actions, ports, queries, shelf
from motcua.files.actions import hold, store, sweep_orphans
from motcua.files.models import StoredBlob
from motcua.files.tests.test_files import photo

pytestmark = pytest.mark.django_db
TWO_DAYS = 2 * actions.DAY


@pytest.fixture(autouse=True)
def files_root(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def used(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The fingerprints that some app above refers to."""
    found: set[str] = set()

    def asked(digests: Collection[str]) -> set[str]:
        return found & set(digests)

    monkeypatch.setattr(ports, "_referrers", [asked])
    return found


def grow_old(digest: str) -> None:
    old = time.time() - TWO_DAYS
    os.utime(shelf.place(digest), (old, old))


def a_file(shade: int = 0) -> str:
    return store(photo(size=(20 + shade, 20)), "a.jpg").digest


def test_a_file_is_on_disk_before_its_row_and_a_crash_leaves_an_orphan_to_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bool] = []
    really: Callable[..., object] = StoredBlob.objects.bulk_create

    def look(rows: list[StoredBlob], **options: object) -> object:
        seen.append(shelf.read(rows[0].digest) is not None)
        return really(rows, **options)

    monkeypatch.setattr(StoredBlob.objects, "bulk_create", look)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        kept = a_file()
        raise ZeroDivisionError

    assert seen == [True]
    assert not StoredBlob.objects.exists()
    assert sweep_orphans() == 0
    grow_old(kept)
    assert sweep_orphans() == 1
    assert shelf.read(kept) is None


def test_a_file_nobody_refers_to_goes_after_a_day_with_its_row_and_its_pictures(
    files_root: Path,
) -> None:
    kept = a_file()
    queries.thumbnail(kept)
    [picture] = (files_root / "pages").rglob("*.webp")

    assert sweep_orphans() == 0  # it came just now
    assert picture.exists()
    grow_old(kept)
    assert sweep_orphans() == 1

    assert not StoredBlob.objects.exists()
    assert not shelf.place(kept).exists()
    assert not picture.exists()


def test_the_sweep_leaves_files_that_somebody_refers_to(used: set[str]) -> None:
    kept = a_file()
    used.add(kept)
    grow_old(kept)
    queries.thumbnail(kept)

    assert sweep_orphans() == 0
    assert queries.read_file(kept) == photo(size=(20, 20))
    assert StoredBlob.objects.count() == 1


def test_a_file_handed_in_again_is_young_again() -> None:
    kept = a_file()
    StoredBlob.objects.update(stored_at="2020-01-01T00:00:00Z")
    grow_old(kept)

    assert a_file() == kept  # the counter stores now and files in an hour

    assert sweep_orphans() == 0
    assert queries.read_file(kept)


def test_as_long_as_nobody_can_be_asked_every_recorded_file_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ports, "_referrers", [])
    kept = a_file()
    grow_old(kept)

    assert sweep_orphans() == 0
    assert queries.read_file(kept)


def test_a_file_somebody_begins_to_refer_to_meanwhile_stays(
    used: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = a_file()
    grow_old(kept)
    really = actions._is_free

    def and_then_somebody_does(digest: str) -> bool:
        used.add(digest)
        return really(digest)

    monkeypatch.setattr(actions, "_is_free", and_then_somebody_does)

    assert sweep_orphans() == 0
    assert queries.read_file(kept)


@pytest.mark.parametrize("has_row", [True, False])
def test_a_file_handed_in_again_while_the_sweep_looks_around_stays(
    has_row: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = a_file()
    if not has_row:
        StoredBlob.objects.all().delete()
    grow_old(kept)
    really = actions._is_free

    def meanwhile(digest: str) -> bool:
        shelf.make_young(digest)
        return really(digest)

    monkeypatch.setattr(actions, "_is_free", meanwhile)

    assert sweep_orphans() == 0
    assert shelf.is_whole(kept)
    assert StoredBlob.objects.exists() == has_row


def test_a_stray_file_among_the_pictures_does_not_end_the_sweep(files_root: Path) -> None:
    kept = a_file()
    queries.thumbnail(kept)
    [picture] = (files_root / "pages").rglob("*.webp")
    strays = [picture.with_name(name) for name in (".nfs0001", "aaa-1-160.webp", "zzz.tmp")]
    for stray in strays:
        stray.write_bytes(b"x")
    grow_old(kept)

    assert sweep_orphans() == 1

    assert not picture.exists()
    assert all(stray.exists() for stray in strays)  # not ours, so not ours to throw away


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", [lambda kept: a_file(), lambda kept: hold([kept])])
def test_a_file_stays_that_is_stored_or_held_in_a_transaction_under_way(
    deed: Callable[[str], object],
) -> None:
    kept = a_file()
    begun, done = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            deed(kept)
            grow_old(kept)
            begun.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=slowly)
    other.start()
    assert begun.wait(10)
    swept = sweep_orphans()
    done.set()
    other.join()

    assert swept == 0
    assert queries.read_file(kept)
    assert sweep_orphans() == 1
    with pytest.raises(NotFound):
        hold([kept])


def test_a_file_that_is_held_is_young_again() -> None:
    kept = a_file()
    grow_old(kept)

    hold([kept])

    assert sweep_orphans() == 0
    assert queries.read_file(kept)


def test_a_crash_between_row_and_file_is_cleared_the_next_night(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = a_file()
    grow_old(kept)
    with monkeypatch.context() as crash:
        crash.setattr(actions, "_drop_unknown", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sweep_orphans()

    assert not StoredBlob.objects.exists()  # so nothing is reported as damaged
    assert sweep_orphans() == 1
    assert shelf.read(kept) is None


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=5), st.integers(1, 3))
def test_whatever_is_in_use_or_young_is_never_dropped(
    used: set[str], files: list[tuple[bool, bool]], batch: int
) -> None:
    used.clear()
    StoredBlob.objects.all().delete()
    stays: set[str] = set()
    goes: set[str] = set()
    for shade, (is_used, is_old) in enumerate(files):
        digest = a_file(shade)
        if is_used:
            used.add(digest)
        if is_old:
            grow_old(digest)
        (stays if is_used or not is_old else goes).add(digest)

    with pytest.MonkeyPatch.context() as small:
        small.setattr(actions, "BATCH", batch)
        sweep_orphans()

    assert all(shelf.is_whole(digest) for digest in stays)
    assert not any(shelf.place(digest).exists() for digest in goes)
    assert set(StoredBlob.objects.values_list("digest", flat=True)) == stays
