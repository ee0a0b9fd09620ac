"""The tree against its definition, written down a second time and slowly."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.tlog.tests.a_proof import VECTORS, Log, chance
from motcua.tlog.tests.make_vectors import tree_vectors
from motcua.tlog.tree import (
    EMPTY_ROOT,
    Frontier,
    batch_proof,
    check_batch,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
)

# What every implementation of RFC 6962 gets for the first 0 … 8 of the leaves in tree.json.
WELL_KNOWN = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

LEAVES = [chance(f"leaf {index}") for index in range(90)]
LOG = Log(LEAVES)
SIZES = st.integers(1, len(LEAVES))
ODD = [b"", b"x", bytes(31), bytes(33), "x" * 32, None, 7]


def slow_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(slow_root(leaves[:half]), slow_root(leaves[half:]))


def flipped(hash_: bytes, bit: int) -> bytes:
    """The same hash with one bit turned."""
    return (int.from_bytes(hash_, "big") ^ 1 << bit % 256).to_bytes(32, "big")


def test_the_roots_are_those_that_every_log_gets() -> None:
    vectors = json.loads((VECTORS / "tree.json").read_text("utf-8"))
    frontier = Frontier()
    found = [frontier.root().hex()]
    for leaf in vectors["leaves"]:
        frontier.append(leaf_hash(bytes.fromhex(leaf)))
        found.append(frontier.root().hex())

    assert found == vectors["roots"] == WELL_KNOWN


def test_the_vectors_on_file_are_what_the_program_makes() -> None:
    assert json.loads((VECTORS / "tree.json").read_text("utf-8")) == tree_vectors()


@given(SIZES)
def test_a_frontier_knows_the_root_and_survives_storage(size: int) -> None:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)

    assert frontier.root() == slow_root(LEAVES[:size]) == root_of(size, LOG.read)
    assert Frontier.from_bytes(frontier.to_bytes()) == frontier == Frontier.of(size, LOG.read)


def test_a_copy_of_a_frontier_grows_alone() -> None:
    frontier = Frontier.of(3, LOG.read)
    frontier.copy().append(LEAVES[3])

    assert frontier.root() == slow_root(LEAVES[:3])


@pytest.mark.parametrize(
    "stored", [b"", bytes(7), bytes(40), (3).to_bytes(8, "big") + bytes(32), b"\xff" * 8]
)
def test_a_broken_frontier_is_not_taken(stored: bytes) -> None:
    with pytest.raises(ValueError, match="not a stored frontier"):
        Frontier.from_bytes(stored)


@given(SIZES, st.data())
def test_every_leaf_is_proved_to_be_in_and_nothing_else_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    root = slow_root(LEAVES[:size])
    proof = inclusion_proof(index, size, LOG.read)

    assert check_inclusion(LEAVES[index], index, size, root, proof)
    other = data.draw(st.integers(0, size - 1))
    assert check_inclusion(LEAVES[index], other, size, root, proof) == (other == index)
    bit = data.draw(st.integers(0, 255))
    assert not check_inclusion(flipped(LEAVES[index], bit), index, size, root, proof)
    assert not check_inclusion(LEAVES[index], index, size, flipped(root, bit), proof)
    assert not check_inclusion(LEAVES[index], index, size, root, [*proof, root])
    for at in range(len(proof)):
        spoilt = [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]]
        assert not check_inclusion(LEAVES[index], index, size, root, spoilt)
        assert not check_inclusion(LEAVES[index], index, size, root, proof[:at])


@given(SIZES, st.data())
def test_growth_is_proved_and_a_changed_past_is_not(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, size))
    roots = slow_root(LEAVES[:old]), slow_root(LEAVES[:size])
    proof = consistency_proof(old, size, LOG.read)

    assert check_consistency(old, size, *roots, proof)
    assert not check_consistency(old, size, *roots, [*proof, roots[1]])
    bit = data.draw(st.integers(0, 255))
    assert not check_consistency(old, size, flipped(roots[0], bit), roots[1], proof)
    if old:
        assert not check_consistency(old, size, roots[0], flipped(roots[1], bit), proof)
    for at in range(len(proof)):
        spoilt = [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]]
        assert not check_consistency(old, size, *roots, spoilt)
        assert not check_consistency(old, size, *roots, proof[:at])


@given(SIZES, st.data())
def test_no_proof_joins_a_log_to_one_whose_past_was_rewritten(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    rewritten = Log([*LEAVES[:changed], chance("forged"), *LEAVES[changed + 1 :]])
    roots = slow_root(LEAVES[:old]), slow_root(rewritten.leaves[:size])

    for log in (LOG, rewritten):
        assert not check_consistency(old, size, *roots, consistency_proof(old, size, log.read))


@given(SIZES, st.data())
def test_many_leaves_are_proved_at_once(size: int, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.integers(0, size - 1), min_size=1))
    root = slow_root(LEAVES[:size])
    leaves = {index: LEAVES[index] for index in chosen}
    proof = batch_proof(chosen, size, LOG.read)

    assert check_batch(leaves, size, root, proof)
    assert len(proof) <= sum(len(inclusion_proof(index, size, LOG.read)) for index in chosen)
    assert not check_batch(leaves, size, root, [*proof, root])
    bit, forged = data.draw(st.integers(0, 255)), data.draw(st.sampled_from(sorted(chosen)))
    assert not check_batch(leaves | {forged: flipped(LEAVES[forged], bit)}, size, root, proof)
    for at in range(len(proof)):
        assert not check_batch(
            leaves, size, root, [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]]
        )
        assert not check_batch(leaves, size, root, proof[:at])


@pytest.mark.parametrize("odd", ODD)
def test_a_check_says_no_to_rubbish_and_never_raises(odd: object) -> None:
    leaf, root = LEAVES[0], slow_root(LEAVES[:2])
    bad: list[Any] = [odd]

    assert not check_inclusion(leaf, 0, 2, root, bad)
    assert not check_inclusion(odd, 0, 2, root, [LEAVES[1]])  # type: ignore[arg-type]
    assert not check_inclusion(leaf, 0, 2, odd, [LEAVES[1]])  # type: ignore[arg-type]
    assert not check_consistency(1, 2, leaf, root, bad)
    assert not check_consistency(1, 2, odd, root, [LEAVES[1]])  # type: ignore[arg-type]
    assert not check_batch({0: leaf}, 2, root, bad)
    assert not check_batch({0: odd}, 2, root, [LEAVES[1]])  # type: ignore[dict-item]


@pytest.mark.parametrize("number", [-1, 2**53, True, 1.0, "1", None])
def test_a_check_says_no_to_numbers_that_are_none(number: object) -> None:
    leaf, root, proof = LEAVES[1], slow_root(LEAVES[:2]), [LEAVES[0]]
    assert check_inclusion(leaf, 1, 2, root, proof)

    assert not check_inclusion(leaf, number, 2, root, proof)  # type: ignore[arg-type]
    assert not check_inclusion(leaf, 1, number, root, proof)  # type: ignore[arg-type]
    assert not check_consistency(number, 2, LEAVES[0], root, [leaf])  # type: ignore[arg-type]
    assert not check_consistency(1, number, LEAVES[0], root, [leaf])  # type: ignore[arg-type]
    assert not check_batch({number: leaf}, 2, root, proof)  # type: ignore[dict-item]
    assert not check_batch({1: leaf}, number, root, proof)  # type: ignore[arg-type]


def test_what_cannot_be_proved_is_not_asked_for() -> None:
    for index in (-1, 5):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(index, 5, LOG.read)
    with pytest.raises(ValueError, match="cannot begin"):
        consistency_proof(6, 5, LOG.read)
    for chosen in ([], [5], [-1]):
        with pytest.raises(ValueError, match="no such leaves"):
            batch_proof(chosen, 5, LOG.read)
    assert not check_batch({}, 5, slow_root(LEAVES[:5]), [])
    assert not check_batch({5: LEAVES[5]}, 5, slow_root(LEAVES[:5]), [])


def test_an_empty_log_is_the_beginning_of_every_log() -> None:
    root = slow_root(LEAVES[:5])

    assert check_consistency(0, 5, EMPTY_ROOT, root, [])
    assert check_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not check_consistency(0, 5, LEAVES[0], root, [])
    assert not check_consistency(0, 5, EMPTY_ROOT, root, [root])
