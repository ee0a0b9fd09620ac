"""The witness as a program.

python -m motcua.witness --var DIR --new-key NAME            make a key, print its public line
python -m motcua.witness --var DIR --port N --log VKEY …     cosign for these logs until stopped

Everything it must remember lies in DIR: `key`, and one file for each log. Whoever loses DIR takes a
new key: a witness that has forgotten must not cosign under its old name.
"""

import argparse
import fcntl
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from motcua.tlog import note
from motcua.tlog.verdict import TrustedKey, trusted_keys
from motcua.witness.ledger import Answer, Ledger

MOST_BYTES = 128 * 1024
SLOWEST_SECONDS = 10


class Door(BaseHTTPRequestHandler):
    """POST /add-checkpoint; GET / says who is here and what was last seen."""

    protocol_version = "HTTP/1.1"
    timeout = SLOWEST_SECONDS
    ledger: Ledger
    vkey: str

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()) or int(length) > MOST_BYTES:
            self.close_connection = True
            self._answer(Answer(413, "a body of known length, 128 KB at most\n"))
            return
        body = self.rfile.read(int(length))
        if self.path != "/add-checkpoint":
            self._answer(Answer(404, "POST /add-checkpoint\n"))
        else:
            self._answer(self.ledger.add_checkpoint(body))

    def do_GET(self) -> None:
        if self.path == "/":
            self._answer(Answer(200, f"{self.vkey}\n{self.ledger.sizes()}"))
        else:
            self._answer(Answer(404, "POST /add-checkpoint\n"))

    def _answer(self, answer: Answer) -> None:
        content = answer.text.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def make_key(folder: Path, name: str) -> note.SigningKey:
    """A new key in its file; never over an old one."""
    key = note.SigningKey.generate(name, note.COSIGNATURE)
    opened = os.open(folder / "key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w") as file:
        file.write(f"{key.secret}\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def serve(asked: argparse.Namespace) -> None:
    """Answer until stopped."""
    lock = (asked.var / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"{asked.var}: một chương trình chứng kiến khác đang dùng thư mục này.")
    logs = [TrustedKey.parse(line) for line in asked.log]
    logs += trusted_keys(asked.logs.read_text("utf-8")) if asked.logs else []
    key = note.SigningKey.parse((asked.key or asked.var / "key").read_text("utf-8").strip())
    if key.kind != note.COSIGNATURE:
        raise note.Malformed("the key is not that of a witness (--new-key makes one)")
    Door.vkey, Door.ledger = key.verifier.vkey, Ledger(asked.var, key, logs)
    with ThreadingHTTPServer((asked.host, asked.port), Door) as server:
        print(f"{key.verifier.vkey}\nhttp://{asked.host}:{server.server_port}/", flush=True)
        server.serve_forever()


def main() -> None:
    """Make a key, or serve."""
    parser = argparse.ArgumentParser(prog="motcua.witness")
    parser.add_argument("--var", type=Path, required=True, help="thư mục ghi nhớ")
    parser.add_argument("--new-key", metavar="NAME", help="tạo khóa mang tên này rồi thôi")
    parser.add_argument("--key", type=Path, help="tệp khóa bí mật (mặc định: VAR/key)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--log", action="append", default=[], metavar="VKEY")
    parser.add_argument("--logs", type=Path, help="tệp các khóa, mỗi dòng một khóa")
    asked = parser.parse_args()
    asked.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        if asked.new_key:
            print(make_key(asked.var, asked.new_key).verifier.vkey)
        else:
            serve(asked)
    except FileExistsError:
        sys.exit(f"{asked.var / 'key'}: đã có khóa, không ghi đè.")
    except (FileNotFoundError, note.Malformed) as error:
        sys.exit(f"Không dùng được: {error}")
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
