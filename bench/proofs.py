"""The log and the citizen's proof: what they cost beside SHA-256 of the same bytes.

    bin/bench proofs [--rounds 7] [--leaves 200000]

Makes a log of so many entries as files in a temporary folder, then times, by processor time: plain
SHA-256 of the entries, the same with each added to the tree, proofs out of the files, their checks,
and whole proofs of one act and of twelve. Needs no database.
"""

import argparse
import hashlib
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench import meter
from motcua.tlog import note
from motcua.tlog.bundle import ENTRY_HEADER, Chain, Shown, make
from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import LOG, SUBJECT, WITNESS
from motcua.tlog.tiles import Tiles
from motcua.tlog.tree import Frontier, check_inclusion, inclusion_proof, leaf_hash, root_of
from motcua.tlog.verdict import TrustedKey, check

SEED = 20261122
BATCH = 10_000
SIDES = ("SHA-256 of an entry", "entry into the tree", "proof out of the files", "check of a proof",
         "one act judged", "twelve acts judged")  # fmt: skip
Times = dict[str, float]
T = TypeVar("T")


class Ground:
    """A log on the disk with a dossier of twelve entries scattered in it."""

    def __init__(self, folder: Path, leaves: int) -> None:
        random.seed(SEED)
        self.size = leaves
        self.places = sorted(random.sample(range(leaves), 12))
        self.entries = tuple(
            Shown(place, a_proof.body(1, "dossier.accept", "Trần Văn Hùng", seq=seq), bytes(16))
            for seq, place in enumerate(self.places, 1)
        )
        shown = {entry.index: entry.leaf for entry in self.entries}
        self.leaves = [shown.get(at) or leaf_hash(at.to_bytes(8, "big")) for at in range(leaves)]
        self.tiles = Tiles(folder)
        for start in range(0, leaves, BATCH):
            self.tiles.append(start, self.leaves[start : start + BATCH])
        self.root = root_of(leaves, self.tiles.hash_at)

    def proof(self, first: int, last: int) -> bytes:
        """The file of some of the twelve."""
        before = Chain(SUBJECT, 1, bytes(32), self.entries[: first - 1])
        chain = Chain(SUBJECT, first, before.head, self.entries[first - 1 : last])
        signed = a_proof.signed(note.Checkpoint(LOG.name, self.size, self.root)).signed
        keys = [LOG.verifier, WITNESS.verifier]
        return make(chain, signed=signed, read=self.tiles.hash_at, keys=keys)


def measure(wanted: argparse.Namespace) -> None:
    """Make the log, run the rounds, print medians and ratios."""
    print(f"The log and its proofs  |  {meter.machine()}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        ground = Ground(Path(folder), wanted.leaves)
        spent = 1_000_000 * (time.process_time() - begun) / wanted.leaves
        print(f"{wanted.leaves} leaves written as files: {spent:.1f} µs of processor each")
        one, twelve = ground.proof(6, 6), ground.proof(1, 12)
        print(
            f"proof of one act {len(one)} bytes, of twelve {len(twelve)} (no time stamp: add 1.3 to 6 KB)"
        )
        rounds = [_round(number, ground, one, twelve) for number in range(1, wanted.rounds + 1)]
    _conclude(rounds)
    meter.keep_figures(wanted.json, rounds)


def _round(number: int, ground: Ground, one: bytes, twelve: bytes) -> Times:
    bodies = [ENTRY_HEADER + bytes(16) + a_proof.body(1, "dossier.accept", "Trần Văn Hùng", seq=at)
              for at in range(3000)]  # fmt: skip
    frontier, places = Frontier(), random.sample(range(ground.size), 300)
    proofs = [inclusion_proof(at, ground.size, ground.tiles.hash_at) for at in places]
    known = [TrustedKey(LOG.verifier), TrustedKey(WITNESS.verifier)]

    def judge(proof: bytes) -> None:
        if not check(proof, known).holds:
            raise SystemExit("a whole proof was refused")

    def checked(at: int) -> None:
        place = places[at]
        if not check_inclusion(ground.leaves[place], place, ground.size, ground.root, proofs[at]):
            raise SystemExit("a right proof was refused")

    read = Tiles(ground.tiles.root).hash_at  # with nothing in memory yet
    spent = (
        _microseconds(bodies, lambda body: hashlib.sha256(b"\x00" + body).digest()),
        _microseconds(bodies, lambda body: frontier.append(leaf_hash(body))),
        _microseconds(places, lambda place: inclusion_proof(place, ground.size, read)),
        _microseconds(range(len(places)), checked),
        _microseconds([one] * 50, judge),
        _microseconds([twelve] * 20, judge),
    )
    times = dict(zip(SIDES, spent, strict=True))
    print(f"round {number}  " + ", ".join(f"{value:.1f}" for value in spent) + " µs", flush=True)
    return times


def _microseconds(cases: Sequence[T], deed: Callable[[T], object]) -> float:
    """Processor time of one case: other work on the machine is not counted."""
    begun = time.process_time()
    for case in cases:
        deed(case)
    return 1_000_000 * (time.process_time() - begun) / len(cases)


def _conclude(rounds: Sequence[Times]) -> None:
    print("Medians, and the ratio to SHA-256 of one entry")
    for side in SIDES:
        ratio = meter.Spread(tuple(times[side] / times[SIDES[0]] for times in rounds))
        print(f"  {side:<24} {median(times[side] for times in rounds):9.1f} µs;  {ratio}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/bench proofs", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--leaves", type=int, default=200_000)
    parser.add_argument("--json", default="", help="a file for every figure")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
