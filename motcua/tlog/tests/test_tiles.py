"""The log as files: written again after a crash, never written otherwise."""

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.tlog import note
from motcua.tlog.tests.a_proof import LOG, ORIGIN, chance
from motcua.tlog.tiles import Conflict, MissingHash, Tiles, replace_durably, tile_path, write_once
from motcua.tlog.tree import Frontier, check_inclusion, inclusion_proof, root_of

LEAVES = [index.to_bytes(32, "big") for index in range(70_000)]


def grown(root: Path, *sizes: int) -> Tiles:
    """A log that came to its size in these steps."""
    tiles = Tiles(root)
    for start, end in pairwise((0, *sizes)):
        tiles.append(start, LEAVES[start:end])
    return tiles


def right_root(size: int) -> bytes:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    return frontier.root()


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (1, 999, 256, "tile/1/999"),
        (0, 1234, 256, "tile/0/x001/234"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (12, 1000, 17, "tile/12/x001/000.p/17"),
    ],
)
def test_a_tile_lies_where_c2sp_says(level: int, number: int, width: int, path: str) -> None:
    assert tile_path(level, number, width) == path


def test_a_log_of_70000_leaves_has_the_tiles_of_the_example_in_c2sp(tmp_path: Path) -> None:
    tiles = grown(tmp_path, 70_000)

    found = sorted(files(tmp_path))
    assert len([path for path in found if path.startswith("tile/0/") and ".p" not in path]) == 273
    assert [path for path in found if ".p" in path or path.startswith("tile/1")] == [
        "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1",
    ]  # fmt: skip
    root = right_root(70_000)
    assert root_of(70_000, tiles.hash_at) == root
    assert check_inclusion(LEAVES[5], 5, 70_000, root, inclusion_proof(5, 70_000, tiles.hash_at))
    assert list(tiles.leaves(250, 520)) == LEAVES[250:520]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.data())
def test_however_it_grew_the_root_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int], data: st.DataObject
) -> None:
    sizes = [sum(steps[: count + 1]) for count in range(len(steps))]
    tiles = grown(tmp_path_factory.mktemp("log"), *sizes)

    assert root_of(sizes[-1], tiles.hash_at) == right_root(sizes[-1])
    early = data.draw(st.integers(1, sizes[-1]))
    assert root_of(early, Tiles(tiles.root).hash_at) == right_root(early)


def test_the_same_leaves_again_change_nothing(tmp_path: Path) -> None:
    tiles = grown(tmp_path, 300, 1000)
    before = files(tmp_path)

    tiles.append(300, LEAVES[300:1000])
    Tiles(tmp_path).append(0, LEAVES[:1000])
    Tiles(tmp_path).append(900, LEAVES[900:1000])

    after = files(tmp_path)
    assert {path: after[path] for path in before} == before
    assert root_of(1000, tiles.hash_at) == right_root(1000)


@pytest.mark.parametrize("start", [0, 255, 299, 512, 999])
def test_another_leaf_in_the_same_place_is_a_loud_error(tmp_path: Path, start: int) -> None:
    tiles = grown(tmp_path, 1000)
    before = files(tmp_path)

    with pytest.raises(Conflict, match="tile/0/"):
        tiles.append(start, [chance("forged"), *LEAVES[start + 1 : 1000]])

    assert files(tmp_path) == before


def test_leaves_after_a_gap_are_refused(tmp_path: Path) -> None:
    tiles = grown(tmp_path, 300)

    for start in (301, 512, 600):
        with pytest.raises(MissingHash):
            tiles.append(start, LEAVES[start : start + 10])


def test_a_hash_that_no_tile_holds_is_not_invented(tmp_path: Path) -> None:
    tiles = grown(tmp_path, 300)

    for level, index in ((0, 300), (2, 75), (8, 1), (9, 0)):
        with pytest.raises(MissingHash):
            tiles.hash_at(level, index)


def test_a_torn_tile_is_named(tmp_path: Path) -> None:
    grown(tmp_path, 300)
    (tmp_path / "tile/0/000").write_bytes(b"".join(LEAVES[:200]))

    with pytest.raises(Conflict, match=r"tile/0/000 has 6400 bytes"):
        Tiles(tmp_path).hash_at(0, 3)


def test_narrow_tiles_go_when_the_full_one_is_there(tmp_path: Path) -> None:
    tiles = grown(tmp_path, 100, 200)
    assert {"tile/0/000.p/100", "tile/0/000.p/200"} == set(files(tmp_path))

    tiles.append(200, LEAVES[200:256])

    assert {"tile/0/000", "tile/1/000.p/1"} == set(files(tmp_path))


def test_a_file_is_written_once(tmp_path: Path) -> None:
    write_once(tmp_path / "a/b/c", b"one")
    write_once(tmp_path / "a/b/c", b"one")
    with pytest.raises(Conflict):
        write_once(tmp_path / "a/b/c", b"two")
    replace_durably(tmp_path / "d", b"one")
    replace_durably(tmp_path / "d", b"two")

    assert files(tmp_path) == {"a/b/c": b"one", "d": b"two"}


def signed(size: int, root: bytes) -> bytes:
    return note.sign(note.Checkpoint(ORIGIN, size, root), LOG).signed


def test_the_checkpoint_that_everybody_sees_never_shrinks(tmp_path: Path) -> None:
    tiles = grown(tmp_path, 300)
    assert tiles.checkpoint() is None

    tiles.publish(signed(200, right_root(200)))
    tiles.publish(signed(300, right_root(300)))
    tiles.publish(signed(300, right_root(300)))
    for size, root in ((200, right_root(200)), (300, chance("forged"))):
        with pytest.raises(Conflict):
            tiles.publish(signed(size, root))

    assert tiles.checkpoint() == signed(300, right_root(300))


GROW = """
import sys
from pathlib import Path
from motcua.tlog.tiles import Tiles
leaves = [index.to_bytes(32, "big") for index in range(70_000)]
tiles, size = Tiles(Path(sys.argv[1])), int(sys.argv[2])
print("growing", flush=True)
while size < 70_000:
    tiles.append(size, leaves[size : size + 37])
    size += 37
    print(size, flush=True)
"""


@pytest.mark.crash
def test_a_writer_killed_at_any_moment_goes_on_where_it_was(tmp_path: Path) -> None:
    sure = 0
    for attempt in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", GROW, str(tmp_path / "log"), str(sure)],
            stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": os.getcwd()},
        )  # fmt: skip
        assert writer.stdout
        assert writer.stdout.readline() == "growing\n"
        time.sleep(0.05 + 0.013 * attempt)
        writer.send_signal(signal.SIGKILL)
        told = writer.stdout.read().split("\n")[:-1]
        writer.wait()
        sure = int(told[-1]) if told else sure
        tiles = Tiles(tmp_path / "log")
        assert root_of(sure, tiles.hash_at) == right_root(sure)
    tiles.append(sure, LEAVES[sure : sure + 1000])

    assert sure > 100
    assert root_of(sure + 1000, tiles.hash_at) == right_root(sure + 1000)
