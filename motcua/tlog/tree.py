"""The Merkle tree of RFC 9162: fingerprints, proofs and their checks. Plain bytes in, bytes out.

Makers of proofs raise `ValueError` when asked the impossible; checks answer False to whatever
does not prove what it should, malformed or not, and never raise.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

HASH_BYTES = 32
MOST_LEAVES = 2**53 - 1  # what JavaScript counts exactly too
EMPTY_ROOT = hashlib.sha256(b"").digest()

# `read(level, index)` gives the hash of the complete subtree over the leaves
# index * 2**level … (index + 1) * 2**level - 1.
Read = Callable[[int, int], bytes]


def leaf_hash(leaf_data: bytes) -> bytes:
    """Fingerprint of one leaf."""
    return hashlib.sha256(b"\x00" + leaf_data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Fingerprint of two neighbouring subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """What must be kept of a tree to go on adding: one hash for each 1 in the binary of its size."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)  # the largest subtree first

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        size, top = self.size, leaf
        while size & 1:
            top = node_hash(self.hashes.pop(), top)
            size >>= 1
        self.hashes.append(top)
        self.size += 1

    def root(self) -> bytes:
        """The fingerprint of everything added so far."""
        if not self.hashes:
            return EMPTY_ROOT
        *rest, top = self.hashes
        for left in reversed(rest):
            top = node_hash(left, top)
        return top

    def copy(self) -> Self:
        """Another one that grows on its own."""
        return type(self)(self.size, list(self.hashes))

    def to_bytes(self) -> bytes:
        """How it is stored: the size in eight bytes, then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """What `to_bytes` wrote."""
        size, rest = int.from_bytes(stored[:8], "big"), stored[8:]
        if len(stored) < 8 or size > MOST_LEAVES or len(rest) != HASH_BYTES * size.bit_count():
            raise ValueError("not a stored frontier")
        return cls(size, [rest[at : at + HASH_BYTES] for at in range(0, len(rest), HASH_BYTES)])

    @classmethod
    def of(cls, size: int, read: Read) -> Self:
        """The frontier of a tree of `size` leaves that is kept elsewhere."""
        return cls(size, [read(level, index) for level, index in _complete(0, size)])


def root_of(size: int, read: Read) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return Frontier.of(size, read).root()


def inclusion_proof(index: int, size: int, read: Read) -> list[bytes]:
    """Proof that leaf `index` is in the tree of `size` leaves, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_subtree(middle, high, read))
            high = middle
        else:
            path.append(_subtree(low, middle, read))
            low = middle
    return path[::-1]


def consistency_proof(old: int, new: int, read: Read) -> list[bytes]:
    """Proof that the tree of `new` leaves begins with the tree of `old` leaves.

    Empty when old is 0 or equal to new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} cannot begin with {old}")
    if old == 0:
        return []
    low, high, path = 0, new, []
    while high > old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_subtree(middle, high, read))
            high = middle
        else:
            path.append(_subtree(low, middle, read))
            low = middle
    if low > 0:
        path.append(_subtree(low, high, read))
    return path[::-1]


def batch_proof(indexes: Collection[int], size: int, read: Read) -> list[bytes]:
    """Proof that all these leaves are in the tree of `size` leaves; shared nodes come once.

    The hashes of the largest subtrees without a chosen leaf, from left to right.
    """
    chosen = sorted(set(indexes))
    if not chosen or chosen[0] < 0 or chosen[-1] >= size:
        raise ValueError(f"no such leaves in a tree of {size}: {chosen}")
    return [_subtree(low, high, read) for low, high in _gaps(0, size, chosen)]


def check_inclusion(
    leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows `leaf` at `index` of the tree with this size and root."""
    if not (_counts(index, size) and index < size and _hashes(leaf, root, *proof)):
        return False
    turns, top = _turns(index, size - 1), leaf
    for hash_, is_left in zip(proof, turns, strict=False):
        top = node_hash(hash_, top) if is_left else node_hash(top, hash_)
    return len(turns) == len(proof) and top == root


def check_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the new tree begins with the old one."""
    if not (_counts(old, new) and old <= new and _hashes(old_root, new_root, *proof)):
        return False
    if old in (0, new):
        return not proof and old_root == (new_root if old == new else EMPTY_ROOT)
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    low, last = old - 1, new - 1
    while low & 1:
        low, last = low >> 1, last >> 1
    turns = _turns(low, last)
    old_top = new_top = path[0]
    for hash_, is_left in zip(path[1:], turns, strict=False):
        if is_left:
            old_top, new_top = node_hash(hash_, old_top), node_hash(hash_, new_top)
        else:
            new_top = node_hash(new_top, hash_)
    return len(turns) == len(path) - 1 and (old_top, new_top) == (old_root, new_root)


def check_batch(
    leaves: Mapping[int, bytes], size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows all these leaves (hash by index) in the tree of this size and root."""
    if not (leaves and _counts(size, *leaves) and _hashes(root, *leaves.values(), *proof)):
        return False
    chosen = sorted(leaves)
    if chosen[-1] >= size or len(proof) > len(chosen) * MOST_LEAVES.bit_length():
        return False
    given = iter(proof)

    def top(low: int, high: int, within: list[int]) -> bytes:
        if not within:
            return next(given)
        if high - low == 1:
            return leaves[low]
        middle = low + _split(high - low)
        left = top(low, middle, [index for index in within if index < middle])
        return node_hash(left, top(middle, high, [index for index in within if index >= middle]))

    try:
        found = top(0, size, chosen)
    except StopIteration:
        return False
    return found == root and next(given, None) is None


def _turns(low: int, last: int) -> list[bool]:
    """For each hash of a path from `low` to the root, whether it stands to the left."""
    turns: list[bool] = []
    while last:
        turns.append(bool(low & 1) or low == last)
        if turns[-1]:
            while low and not low & 1:
                low, last = low >> 1, last >> 1
        low, last = low >> 1, last >> 1
    return turns


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1


def _complete(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees (level, index) that make up the leaves low … high - 1 of a tree.

    `low` is where a subtree begins, as in all the splits above.
    """
    while low < high:
        level = (high - low).bit_length() - 1
        yield level, low >> level
        low += 1 << level


def _subtree(low: int, high: int, read: Read) -> bytes:
    hashes = [read(level, index) for level, index in _complete(low, high)]
    top = hashes.pop()
    while hashes:
        top = node_hash(hashes.pop(), top)
    return top


def _gaps(low: int, high: int, chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
    if not chosen:
        yield low, high
    elif high - low > 1:
        middle = low + _split(high - low)
        yield from _gaps(low, middle, [index for index in chosen if index < middle])
        yield from _gaps(middle, high, [index for index in chosen if index >= middle])


def _counts(*numbers: object) -> bool:
    return all(type(number) is int and 0 <= number <= MOST_LEAVES for number in numbers)


def _hashes(*values: object) -> bool:
    return all(type(value) is bytes and len(value) == HASH_BYTES for value in values)
