"""The witness as it runs elsewhere: a process of its own, asked over HTTP, killed and started again."""

import base64
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from motcua.tlog import note, tree
from motcua.tlog.tests.a_proof import LOG, OLD_LOG, ORIGIN, Log, chance

LEAVES = [chance(f"leaf {index}") for index in range(600)]
HONEST = Log(LEAVES)
FORKED = Log([*LEAVES[:100], chance("forged"), *LEAVES[101:]])
NAME = "thanh-tra.vi-du.vn/chung-kien"


class Witness:
    """A running witness."""

    def __init__(self, process: "subprocess.Popen[str]", vkey: str, address: str) -> None:
        self.process, self.key = process, note.VerifierKey.parse(vkey)
        self.port = int(address.rstrip("/").rsplit(":", 1)[1])

    def send(
        self, body: bytes, path: str = "/add-checkpoint", method: str = "POST"
    ) -> tuple[int, str, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body)
        answer = connection.getresponse()
        found = answer.status, answer.read().decode(), answer.headers["Content-Type"]
        connection.close()
        return found

    def sees(
        self, old: int, new: int, log: Log = HONEST, key: note.SigningKey = LOG
    ) -> tuple[int, str]:
        return self.send(request(old, new, log, key))[:2]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def request(old: int, new: int, log: Log = HONEST, key: note.SigningKey = LOG) -> bytes:
    proof = tree.consistency_proof(old, new, log.read) if old <= new else []
    lines = b"".join(base64.b64encode(hash_) + b"\n" for hash_ in proof)
    return f"old {old}\n".encode() + lines + b"\n" + note.sign(log.checkpoint(new), key).signed


def run(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "motcua.witness", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip


@contextmanager
def running(folder: Path, *logs: str) -> Iterator[Witness]:
    """A witness of these logs over what its folder remembers."""
    if not (folder / "key").exists():
        assert run("--var", str(folder), "--new-key", NAME).wait() == 0
    named = [word for log in logs or (LOG.verifier.vkey,) for word in ("--log", log)]
    process = run("--var", str(folder), "--port", "0", *named)
    assert process.stdout
    try:
        yield Witness(process, process.stdout.readline().strip(), process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Witness]:
    with running(tmp_path / "witness") as found:
        yield found


def test_growth_is_cosigned_step_by_step(witness: Witness) -> None:
    for old, new in ((0, 1), (1, 7), (7, 7), (7, 256), (256, 600)):
        status, line = witness.sees(old, new)

        assert status == 200
        cosigned = note.sign(HONEST.checkpoint(new), LOG).plus(
            [note.Signature.parse(line.rstrip("\n"))]
        )
        assert note.cosigned_at(cosigned, witness.key)
    assert witness.send(b"", "/", "GET")[1] == f"{witness.key.vkey}\n{ORIGIN} 600\n"


def test_a_stale_size_is_answered_with_the_right_one(witness: Witness) -> None:
    assert witness.send(request(5, 9)) == (409, "0\n", "text/x.tlog.size")
    witness.sees(0, 300)

    assert witness.send(request(0, 400)) == (409, "300\n", "text/x.tlog.size")
    assert witness.send(request(299, 300)) == (409, "300\n", "text/x.tlog.size")
    assert witness.sees(300, 400)[0] == 200


def test_a_log_that_shrank_or_was_rewritten_is_not_cosigned(witness: Witness) -> None:
    witness.sees(0, 300)

    assert witness.sees(200, 250) == (409, "300\n")
    assert witness.sees(300, 250)[0] == 400
    assert witness.sees(300, 300, FORKED) == (409, "300\n")
    assert witness.sees(300, 400, FORKED)[0] == 422
    assert (
        witness.send(request(300, 400).replace(b"old 300\n", b"old 300\n" + b"A" * 43 + b"=\n"))[0]
        == 422
    )
    assert witness.sees(300, 400)[0] == 200


def test_unknown_logs_and_keys_are_turned_away(witness: Witness) -> None:
    stranger = note.SigningKey(ORIGIN, note.ED25519, chance("stranger"))
    other = note.sign(note.Checkpoint("khac.vi-du.vn", 1, LEAVES[0]), LOG).signed

    assert witness.send(b"old 0\n\n" + other)[0] == 404
    assert witness.sees(0, 1, key=stranger)[0] == 403
    assert witness.send(request(0, 1).replace(b"\n1\n", b"\n2\n"))[0] == 403
    assert witness.send(b"", "/somewhere")[0] == 404
    assert witness.send(b"", "/add-checkpoint", "GET")[0] == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda body: b"",
        lambda body: b"\xff" * 300,
        lambda body: body.replace(b"old 0", b"old 00"),
        lambda body: body.replace(b"old 0", b"old -1"),
        lambda body: body.replace(b"old 0", b"new 0"),
        lambda body: body.replace(b"old 0\n", b"old 0\r\n"),
        lambda body: body.replace(b"old 0\n", b"old 0\nnot base64\n"),
        lambda body: body.replace(b"old 0\n", b"old 0\n" + (b"A" * 43 + b"=\n") * 64),
        lambda body: body[:-1],
        lambda body: body.partition(b"\n\n")[0],
    ],
)
def test_what_is_no_request_is_a_bad_one(
    witness: Witness, change: Callable[[bytes], bytes]
) -> None:
    assert witness.send(change(request(0, 1)))[0] == 400
    assert witness.sees(0, 1)[0] == 200


def test_too_much_is_not_read(witness: Witness) -> None:
    connection = HTTPConnection("127.0.0.1", witness.port, timeout=20)
    connection.putrequest("POST", "/add-checkpoint")
    connection.putheader("Content-Length", str(10**9))
    connection.endheaders()

    assert connection.getresponse().status == 413
    assert witness.sees(0, 1)[0] == 200


def test_a_retired_key_of_the_log_is_believed_up_to_its_size(tmp_path: Path) -> None:
    keys = f"{OLD_LOG.verifier.vkey} 0 300", f"{LOG.verifier.vkey} 300"
    with running(tmp_path, *keys) as witness:
        assert witness.sees(0, 300, key=OLD_LOG)[0] == 200
        assert witness.sees(300, 400, key=OLD_LOG)[0] == 403
        assert witness.sees(300, 400)[0] == 200


@pytest.mark.crash
def test_a_witness_killed_in_between_remembers_what_it_said(tmp_path: Path) -> None:
    said = 0
    for new in (10, 100, 300):
        with running(tmp_path) as witness:
            assert witness.sees(said, new)[0] == 200
            said = new
            witness.kill()
    with running(tmp_path) as witness:
        assert witness.sees(0, 50) == (409, "300\n")
        assert witness.sees(300, 400, FORKED)[0] == 422


def push(witness: Witness, log: Log, taken: set[str], name: str) -> None:
    """Drive one history forward until the witness is gone; say so if any of it was cosigned."""
    size = 90
    for new in range(101, 400):
        try:
            status, text = witness.sees(size, new, log)
        except (OSError, HTTPException):
            return
        if status == 200:
            taken.add(name)
        size = {200: new, 409: int(text) if text.strip().isdecimal() else size}.get(status, size)


@pytest.mark.crash
def test_of_two_histories_at_once_only_one_is_ever_cosigned(tmp_path: Path) -> None:
    with running(tmp_path) as witness:
        assert witness.sees(0, 90)[0] == 200
    taken: set[str] = set()
    for delay in (0.03, 0.1, 0.3, 1):
        with running(tmp_path) as witness:
            histories = (HONEST, taken, "honest"), (FORKED, taken, "forked")
            threads = [threading.Thread(target=push, args=(witness, *each)) for each in histories]
            for thread in threads:
                thread.start()
            threads[0].join(delay)
            witness.kill()
            for thread in threads:
                thread.join()

    assert len(taken) == 1


def test_many_at_once_never_roll_it_back(witness: Witness) -> None:
    witness.sees(0, 100)
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda new=new: statuses.append(witness.sees(100, new)[0]))
        for new in range(101, 131)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(statuses) == {200: 1, 409: 29}


def test_two_programs_do_not_share_one_memory(tmp_path: Path) -> None:
    with running(tmp_path):
        second = run("--var", str(tmp_path), "--port", "0", "--log", LOG.verifier.vkey)
        assert second.wait(20) == 1
        assert "đang dùng thư mục này" in second.communicate()[1]


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    assert run("--var", str(tmp_path), "--new-key", NAME).wait(20) == 0
    before = (tmp_path / "key").read_text("ascii")

    assert run("--var", str(tmp_path), "--new-key", NAME).wait(20) == 1
    assert (tmp_path / "key").read_text("ascii") == before
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_broken_memory_stops_it_instead_of_beginning_anew(tmp_path: Path) -> None:
    with running(tmp_path) as witness:
        witness.sees(0, 300)
    [memory] = tmp_path.glob("*.checkpoint")
    memory.write_bytes(memory.read_bytes()[:-3])

    broken = run("--var", str(tmp_path), "--port", "0", "--log", LOG.verifier.vkey)

    assert broken.wait(20) == 1
    assert "Không dùng được" in broken.communicate()[1]
