"""`python -m motcua.verify`: what it says, how it ends; and the page as one file."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import LOG, VECTORS, WITNESS
from motcua.tlog.tests.altering import altered, one_act, raw_body, whole
from motcua.tlog.verdict import Outcome, Step
from motcua.verify.__main__ import main
from motcua.verify.page import page
from motcua.verify.told import words

ROOT = Path(__file__).parents[3]
CASES = json.loads((VECTORS / "proofs.json").read_text("utf-8"))["cases"]
Judge = Callable[..., tuple[int, str]]


@pytest.fixture
def judge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Judge:
    """Run the program on a proof: how it ended, and what it printed."""

    def judged(proof: dict[str, Any], *more: str) -> tuple[int, str]:
        file = tmp_path / "ho-so.dvcproof"
        file.write_text(json.dumps(proof, ensure_ascii=False), "utf-8")
        end = main([str(file), *more])
        return end, capsys.readouterr().out

    return judged


def test_lan_reads_in_vietnamese_what_was_written(judge: Judge) -> None:
    end, said = judge(whole(), "--key", LOG.verifier.vkey, "--key", WITNESS.verifier.vkey)

    assert end == 0
    assert "Mục 1: Nộp hồ sơ\n    23/04/2026 08:15:00 – Nguyễn Thị Lan\n" in said
    assert "Mục 2: không thuộc phần ông/bà được đọc" in said
    assert "BẰNG CHỨNG ĐÚNG." in said
    assert said.count("  ✓ ") == 5
    assert "– Dấu thời gian: Tệp không kèm dấu thời gian." in said


def test_without_a_published_key_it_asks_to_compare_the_fingerprint(judge: Judge) -> None:
    end, said = judge(one_act())

    assert end == 0
    assert "CÒN MỘT VIỆC: SO KHÓA" in said
    assert LOG.verifier.fingerprint in said


def test_a_changed_word_ends_with_1(judge: Judge) -> None:
    good = one_act()
    body = base64.b64decode(good["entries"][0]["body"]).replace(b"accept", b"reject")
    end, said = judge(altered(good, "entries", 0, "body", value=base64.b64encode(body).decode()))

    assert end == 1
    assert "BẰNG CHỨNG KHÔNG ĐÚNG." in said
    assert "✗ Có mặt trong nhật ký của cơ quan" in said


def test_what_is_no_proof_ends_with_2(judge: Judge, tmp_path: Path) -> None:
    assert judge({"a": 1})[0] == 2
    assert main([str(tmp_path / "absent")]) == 2
    assert judge(one_act(), "--key", "không phải khóa")[0] == 2
    assert judge(one_act(), "--keys", str(tmp_path / "absent"))[0] == 2


def test_keys_come_from_a_file_too(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text(f"# nhật ký\n{LOG.verifier.vkey} 0 299\n", "utf-8")

    end, said = judge(one_act(), "--keys", str(tmp_path / "keys"))

    assert end == 1
    assert "Khóa đã hết hoặc chưa có hiệu lực" in said


def test_the_authority_of_a_time_stamp_is_judged_by_its_root(judge: Judge, tmp_path: Path) -> None:
    stamped = a_proof.proof(a_proof.chain(3, first=3, last=3), stamp=a_proof.token())
    root = str(VECTORS / "stamp-root.pem")

    end, said = judge(stamped, "--tsa", root)
    assert end == 0
    assert "đã ký lúc 06:37:09 ngày 23/11/2026" in said
    assert judge(one_act(), "--tsa", root)[0] == 1
    spoilt = bytearray(a_proof.token())
    spoilt[-1] ^= 1
    value = base64.b64encode(bytes(spoilt)).decode()
    assert judge(altered(stamped, "timestamp", value=value), "--tsa", root)[0] == 1
    (tmp_path / "none.pem").write_text("", "ascii")
    assert judge(stamped, "--tsa", str(tmp_path / "none.pem"))[0] == 1


def test_a_file_cannot_steer_the_terminal(judge: Judge) -> None:
    said = judge(
        raw_body(b'{"subject":"\\u001b[2J\\u202e","seq":1,"actor_name":"\\u001b]0;x\\u0007"}')
    )[1]

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_vector_can_be_told(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(
        base64.b64decode(case["base64"]) if "base64" in case else case["content"].encode()
    )
    (tmp_path / "keys").write_text(case["trusted"], "utf-8")

    end = main([str(file), "--keys", str(tmp_path / "keys")])

    assert end == {"whole": 0, "spoilt": 1, "rubbish": 2}[case["kind"]]


def test_it_runs_as_a_program_without_django(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(json.dumps(one_act()), "utf-8")
    code = "import sys; from motcua.verify.__main__ import main; main(sys.argv[1:]); print('django' in sys.modules)"

    program = [sys.executable, "-m", "motcua.verify", str(tmp_path / "file")]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    inside = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "file")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert inside.stdout.endswith("False\n")


def test_a_proof_is_judged_in_fifty_milliseconds(judge: Judge) -> None:
    proof = a_proof.proof(a_proof.chain(1, 2, 3, 4), stamp=a_proof.token())
    judge(proof)
    started = time.process_time()
    judge(proof)

    assert time.process_time() - started < 0.05


def test_every_outcome_has_its_words() -> None:
    told = words()["said"]
    stated = {
        ".".join(filter(None, (step, *outcome)))
        for case in CASES
        for step, outcome in case["steps"].items()
    }

    assert stated <= set(told)
    assert {Step(each.split(".")[0]) for each in told} == set(Step) == set(words()["steps"])
    assert set(words()["outcomes"]) == {*Outcome, "unsure"}


def test_the_page_is_one_small_file_that_may_ask_nobody() -> None:
    text = page().decode()
    [script] = re.findall(r"<script>(.*?)</script>", text, re.S)
    mark = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert len(page()) < 60 * 1024
    assert f"default-src 'none'; script-src 'sha256-{mark}'" in text
    assert not re.search(
        r"@[A-Z_]+@|https?://(?!www\.w3\.org/2000/svg)|src=|href=|@import|url\(", text
    )
