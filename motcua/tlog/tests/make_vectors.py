"""Writes the vectors that every verifier must agree with, in Python, JavaScript or anything else.

    .venv/bin/python -m motcua.tlog.tests.make_vectors

`tree.json`: fingerprints and proofs over the eight leaves that RFC 6962 implementations share.
`proofs.json`: whole and spoilt proofs, each with the outcome of every step (none: not a proof).
The same every time, but for the time stamp, which was made once and is only read.
"""

import base64
import json
from typing import Any

from motcua.tlog import tree
from motcua.tlog.bundle import ENTRY_HEADER
from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import VECTORS
from motcua.tlog.tests.good_proofs import GOOD
from motcua.tlog.tests.rubbish import rubbish
from motcua.tlog.tests.spoilt_proofs import SPOILT
from motcua.tlog.verdict import check, trusted_keys

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
LEAVES += ["606162636465666768696a6b6c6d6e6f"]


def tree_vectors() -> dict[str, Any]:
    """Roots, inclusion, consistency and batch proofs over the first 0 … 8 leaves."""
    log = a_proof.Log([tree.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES])
    sizes = range(len(LEAVES) + 1)
    return {
        "leaves": LEAVES,
        "roots": [tree.root_of(size, log.read).hex() for size in sizes],
        "inclusion": [
            {
                "index": index,
                "size": size,
                "proof": told(tree.inclusion_proof(index, size, log.read)),
            }
            for size in sizes
            for index in range(size)
        ],
        "consistency": [
            {"old": old, "new": new, "proof": told(tree.consistency_proof(old, new, log.read))}
            for new in sizes
            for old in range(new + 1)
        ],
        "batch": [
            {"indexes": chosen, "size": 8, "proof": told(tree.batch_proof(chosen, 8, log.read))}
            for chosen in ([0], [7], [0, 1], [0, 7], [2, 3, 5], list(range(8)))
        ],
    }


def told(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def proof_vectors() -> dict[str, Any]:
    """Every case with the verdict of this very program; the tests say which of them must hold."""
    cases = []
    kinds = [("whole", make) for make in GOOD] + [("spoilt", make) for make in SPOILT]
    for kind, make in kinds:
        for name, proof, trusted in make():
            content = json.dumps(proof, ensure_ascii=False, separators=(",", ":"))
            verdict = check(content.encode(), trusted_keys(trusted))
            steps = {each.step: [each.outcome, each.reason] for each in verdict.findings}
            cases.append(
                {"name": name, "kind": kind, "trusted": trusted, "content": content, "steps": steps}
            )
    for name, raw in rubbish():
        assert not check(raw).findings, name
        cases.append(
            {
                "name": name,
                "kind": "rubbish",
                "trusted": "",
                "base64": base64.b64encode(raw).decode(),
                "steps": {},
            }
        )
    return {"entry_header": ENTRY_HEADER.decode(), "cases": cases}


def write() -> None:
    """Both files, anew."""
    for name, vectors in (("tree", tree_vectors()), ("proofs", proof_vectors())):
        text = json.dumps(vectors, ensure_ascii=False, indent=1) + "\n"
        (VECTORS / f"{name}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    write()
