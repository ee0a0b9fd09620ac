"""bin/run: prepares everything, then runs web, worker and mail under one supervisor."""

import os
import socket
import sys
import time
import urllib.request
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from motcua.config import database, phones, prepare
from motcua.config.postgres import DatabaseTrouble
from motcua.config.supervisor import Program, Supervisor

THREADS = 4  # per web worker, and database connections per web worker

SIGN_INS = (
    ("Người dân", "lan, thu", "/tai-khoan/dang-nhap/"),
    ("Tiếp nhận (phường Mỹ Phước)", "hung", "/can-bo/"),
    ("Trưởng Bộ phận Một cửa", "lien", "/can-bo/"),
    ("Trưởng đơn vị", "hoa", "/can-bo/"),
    ("Thụ lý", "mai", "/can-bo/"),
    ("Lãnh đạo ký duyệt", "binh", "/can-bo/"),
    ("Văn thư", "yen", "/can-bo/"),
    ("Tiếp nhận (xã Tân Hòa)", "sau", "/can-bo/"),
    ("Đơn vị khác được hỏi ý kiến", "phuc", "/can-bo/"),
    ("Cùng giải quyết liên thông (Tân Hòa, Trung tâm)", "luc, cuc", "/can-bo/"),
    ("Quản trị (một người soạn, một người duyệt)", "quan, nga", "/quan-tri/"),
)


@dataclass(frozen=True)
class Choices:
    """What the environment says about this run."""

    host: str
    port: int
    mail_port: int
    workers: int
    var: Path
    phones: dict[str, str] = field(default_factory=dict)  # party → where its simulator listens

    @property
    def address(self) -> str:
        """Where the portal answers."""
        return os.environ.get("MOTCUA_PORTAL_URL") or f"http://localhost:{self.port}"


def choices() -> Choices:
    """Read the environment."""
    cores = os.cpu_count() or 2
    return Choices(
        host=os.environ.get("MOTCUA_HOST", "127.0.0.1"),
        port=int(os.environ.get("MOTCUA_PORT", "8000")),
        mail_port=int(os.environ.get("MOTCUA_SMTP_PORT", "8025")),
        workers=int(os.environ.get("MOTCUA_WORKERS", str(max(2, min(cores, 8))))),
        var=database.private().data.parent,
    )


def say(sentence: str) -> None:
    """Tell the one who started it."""
    print(sentence, flush=True)


def environment(chosen: Choices, address: str) -> dict[str, str]:
    """What every program is started with."""
    played = [phones.settings_for(party, url) for party, url in chosen.phones.items()]
    return {
        **os.environ,
        **{name: value for each in played for name, value in each.items()},
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "PYTHONPATH": str(database.BASE_DIR),
        "PYTHONUNBUFFERED": "1",
        "MOTCUA_PORTAL_URL": chosen.address,
        # The invented citizens of the demonstration have no VNeID: they go on with passwords.
        "MOTCUA_CITIZEN_PASSWORDS": os.environ.get("MOTCUA_CITIZEN_PASSWORDS", demo_flag()),
        "MOTCUA_SMTP_PORT": str(chosen.mail_port),
        "MOTCUA_SECOND_FACTOR": os.environ.get("MOTCUA_SECOND_FACTOR") or _second_factor(),
    }


def _second_factor() -> str:
    """The invented people of the demo sign in by password alone; anybody real needs a factor."""
    return "optional" if demo_flag() == "1" else "required"


def demo_flag() -> str:
    """Whether the cast of the demonstration is put on stage."""
    return "0" if os.environ.get("MOTCUA_DEMO", "1") == "0" else "1"


def programs(chosen: Choices, base: dict[str, str]) -> list[Program]:
    """Web, worker (with the clock of schedule.py), the journal's sequencer, and the mail sink unless a
    real server is set.
    """
    python = sys.executable
    web = [
        python, "-m", "motcua.config.web",
        chosen.host, str(chosen.port), str(chosen.workers), str(THREADS),
    ]  # fmt: skip
    worker = [python, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
    mail = [
        python,
        "-m",
        "motcua.config.mail_sink",
        str(chosen.mail_port),
        str(chosen.var / "mail"),
    ]
    listed = [
        Program("web", web, {**base, "MOTCUA_POOL": str(THREADS)}),
        Program("worker", worker, base),
        Program("seal", [python, "-m", "django", "seal"], base),
    ]
    if "MOTCUA_SMTP_HOST" not in os.environ:
        listed.append(Program("mail", mail, base))
    for party, url in chosen.phones.items():
        port = str(urlsplit(url).port)
        play = [python, "-m", "django", "simulate", party, "--port", port]
        listed.append(Program(party, play, base))
    return listed


def free(host: str, port: int) -> bool:
    """True when nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def announce(chosen: Choices) -> None:
    """Print the addresses and the demonstration's sign-ins."""
    here = chosen.address
    say("")
    say(f"  Cổng dịch vụ công   {here}/")
    say(f"  Cán bộ một cửa      {here}/can-bo/")
    say(f"  Quản trị            {here}/quan-tri/")
    say(f"  API                 {here}/api/v1/openapi.json")
    say(f"  Thư điện tử đã gửi  {chosen.var / 'mail'}")
    for party, url in chosen.phones.items():
        say(f"  {phones.PARTIES[party]:<19} {url}/_/received")
    say("")
    say("  Tài khoản minh họa (mật khẩu chung: motcua-demo)")
    for who, names, path in SIGN_INS:
        say(f"    {who:<28} {names:<10} {here}{path}")
    say("")
    say("  Nhấn Ctrl-C để dừng.")


class Herald:
    """Announces once, as soon as the web answers."""

    def __init__(self, chosen: Choices, begun: float) -> None:
        self.chosen, self.begun, self.done = chosen, begun, False

    def __call__(self) -> None:
        if self.done:
            return
        host = "127.0.0.1" if self.chosen.host in {"0.0.0.0", "::"} else self.chosen.host
        request = urllib.request.Request(
            f"http://{host}:{self.chosen.port}/readyz",
            headers={"Host": urlsplit(self.chosen.address).netloc, "X-Forwarded-Proto": "https"},
        )
        try:
            urllib.request.urlopen(request, timeout=1).close()
        except OSError:
            return
        self.done = True
        say(f"Sẵn sàng sau {time.monotonic() - self.begun:.1f} giây.")
        announce(self.chosen)


def main(words: list[str]) -> int:
    """Prepare, and unless `--prepare` was said, run until stopped."""
    begun, chosen = time.monotonic(), choices()
    only_prepare = "--prepare" in words
    if "--phones" in words:
        chosen = replace(chosen, phones=phones.played(chosen.mail_port + 1, os.environ))
    simulated = [urlsplit(url).port or 0 for url in chosen.phones.values()]
    for port in (chosen.port, chosen.mail_port, *simulated):
        if not only_prepare and not free(chosen.host, port):
            say(
                f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: MOTCUA_PORT=8001 bin/run"
            )
            return 1
    say("  · cơ sở dữ liệu …")
    with database.running() as address:
        base = environment(chosen, address)
        demo = demo_flag() == "1"
        if not prepare.prepare(chosen.var, base, say, demo=demo):
            return 1
        if only_prepare:
            say(f"Đã chuẩn bị xong sau {time.monotonic() - begun:.1f} giây.")
            return 0
        herald = Herald(chosen, begun)
        watch = Watch(herald)
        stopped = Supervisor(programs(chosen, base), watch).run()
        say("Đang dừng …")
    say("Đã dừng.")
    return stopped


class Watch:
    """Every two seconds: is the private database still there? If not, start it again."""

    def __init__(self, herald: Herald) -> None:
        self.herald, self.next_at = herald, 0.0

    def __call__(self) -> None:
        self.herald()
        if os.environ.get("DATABASE_URL") or time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + 2
        server = database.private()
        if server.pid() is None:
            say("Cơ sở dữ liệu đã dừng; đang khởi động lại …")
            try:
                server.start()
            except DatabaseTrouble as trouble:
                say(str(trouble))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except DatabaseTrouble as trouble:
        sys.exit(str(trouble))
