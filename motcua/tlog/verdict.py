"""Judging a proof, step by step, with or without keys that the judge already trusts."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from motcua.tlog import note, stamp
from motcua.tlog.bundle import FIRST_PREV, Bundle, Shown, parse, read_json
from motcua.tlog.tree import MOST_LEAVES, check_batch


class Step(StrEnum):
    """What is looked at, in this order."""

    CONTENT = "content"  # each readable entry says which subject and number it is of
    CHAIN = "chain"  # the entries follow one another, up to the stated head
    INCLUSION = "inclusion"  # all of them are in the log of the checkpoint
    SIGNATURE = "signature"  # the log signed the checkpoint
    WITNESS = "witness"  # somebody else saw the same log
    TIME = "time"  # a time-stamping authority saw the checkpoint


class Outcome(StrEnum):
    """How a step ended."""

    OK = "ok"
    OWN_KEY = "own-key"  # right by the key in the file itself: compare its fingerprint
    ABSENT = "absent"  # the file has nothing of the kind
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """One step with its outcome; `reason` says in one word what failed."""

    step: Step
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """All the steps; none if the file could not be read as a proof."""

    findings: tuple[Finding, ...]
    bundle: Bundle | None = None

    @property
    def holds(self) -> bool:
        """Whether the proof proves what it shows."""
        return bool(self.findings) and all(
            finding.outcome is not Outcome.FAILED for finding in self.findings
        )


@dataclass(frozen=True)
class TrustedKey:
    """A key the judge knows from elsewhere, for checkpoints of these sizes only."""

    key: note.VerifierKey
    least: int = 0
    most: int = MOST_LEAVES

    @classmethod
    def parse(cls, line: str) -> Self:
        """`VKEY`, `VKEY LEAST` or `VKEY LEAST MOST`: a retired key has the size it was retired at."""
        vkey, *limits = line.split()
        if len(limits) > 2 or not all(each.isascii() and each.isdecimal() for each in limits):
            raise note.Malformed("a key, and from which size to which size it holds")
        return cls(note.VerifierKey.parse(vkey), *map(int, limits))


def trusted_keys(text: str) -> list[TrustedKey]:
    """One on each line; empty lines and lines that begin with # say nothing."""
    lines = (line.strip() for line in text.split("\n"))
    return [TrustedKey.parse(line) for line in lines if line and not line.startswith("#")]


def check(content: bytes, trusted: Iterable[TrustedKey] = ()) -> Verdict:
    """The verdict on the file, by the trusted keys where there are any of the kind needed."""
    try:
        bundle = parse(content)
    except note.Malformed:
        return Verdict(())
    known = list(trusted)
    findings = (
        _content(bundle),
        _chain(bundle),
        _inclusion(bundle),
        _signature(bundle, [each for each in known if each.key.kind == note.ED25519]),
        _witness(bundle, [each for each in known if each.key.kind == note.COSIGNATURE]),
        _time(bundle),
    )
    return Verdict(findings, bundle)


def _content(bundle: Bundle) -> Finding:
    for number, entry in enumerate(bundle.chain.entries, bundle.chain.first):
        if isinstance(entry, Shown):
            try:
                told = read_json(entry.body)
            except note.Malformed:
                told = None
            if not isinstance(told, dict):
                return Finding(Step.CONTENT, Outcome.FAILED, "unreadable")
            if told.get("subject") != bundle.chain.subject:
                return Finding(Step.CONTENT, Outcome.FAILED, "subject")
            if type(told.get("seq")) is not int or told["seq"] != number:
                return Finding(Step.CONTENT, Outcome.FAILED, "number")
    return Finding(Step.CONTENT, Outcome.OK)


def _chain(bundle: Bundle) -> Finding:
    chain = bundle.chain
    indexes = [entry.index for entry in chain.entries]
    if chain.first == 1 and chain.prev != FIRST_PREV:
        return Finding(Step.CHAIN, Outcome.FAILED, "prev")
    if indexes != sorted(set(indexes)):
        return Finding(Step.CHAIN, Outcome.FAILED, "order")
    if chain.head != bundle.head:
        return Finding(Step.CHAIN, Outcome.FAILED, "head")
    return Finding(Step.CHAIN, Outcome.OK)


def _inclusion(bundle: Bundle) -> Finding:
    leaves = {entry.index: entry.leaf for entry in bundle.chain.entries}
    checkpoint = bundle.checkpoint
    if not check_batch(leaves, checkpoint.size, checkpoint.root, bundle.proof):
        return Finding(Step.INCLUSION, Outcome.FAILED, "proof")
    return Finding(Step.INCLUSION, Outcome.OK)


def _signature(bundle: Bundle, trusted: Sequence[TrustedKey]) -> Finding:
    own = [TrustedKey(key) for key in bundle.keys if key.kind == note.ED25519]
    named = [each for each in trusted or own if each.key.name == bundle.checkpoint.origin]
    signers = [each for each in named if note.is_signed_by(bundle.note, each.key)]
    if not named:
        return Finding(Step.SIGNATURE, Outcome.FAILED, "unknown")
    if not signers:
        return Finding(Step.SIGNATURE, Outcome.FAILED, "signature")
    if not any(each.least <= bundle.checkpoint.size <= each.most for each in signers):
        return Finding(Step.SIGNATURE, Outcome.FAILED, "retired")
    return Finding(Step.SIGNATURE, Outcome.OK if trusted else Outcome.OWN_KEY)


def _witness(bundle: Bundle, trusted: Sequence[TrustedKey]) -> Finding:
    own = [key for key in bundle.keys if key.kind == note.COSIGNATURE]
    if trusted:
        return _known_witness(bundle, trusted)
    if not own:
        return Finding(Step.WITNESS, Outcome.ABSENT)
    if any(note.cosigned_at(bundle.note, key) is None for key in own):
        return Finding(Step.WITNESS, Outcome.FAILED, "signature")
    return Finding(Step.WITNESS, Outcome.OWN_KEY)


def _known_witness(bundle: Bundle, trusted: Sequence[TrustedKey]) -> Finding:
    size = bundle.checkpoint.size
    holding = [each.key for each in trusted if each.least <= size <= each.most]
    if any(note.cosigned_at(bundle.note, key) is not None for key in holding):
        return Finding(Step.WITNESS, Outcome.OK)
    return Finding(Step.WITNESS, Outcome.FAILED, "unknown")


def _time(bundle: Bundle) -> Finding:
    if bundle.token is None:
        return Finding(Step.TIME, Outcome.ABSENT)
    try:
        stamped = stamp.read(bundle.token)
    except stamp.Unreadable:
        return Finding(Step.TIME, Outcome.FAILED, "unreadable")
    if stamped.imprint != hashlib.sha256(bundle.note.text).digest():
        return Finding(Step.TIME, Outcome.FAILED, "imprint")
    return Finding(Step.TIME, Outcome.OK)
