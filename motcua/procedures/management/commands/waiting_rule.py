"""Procedures whose own law says what a wait for papers or money does to the clock."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions.succeeding import set_waiting
from motcua.workdays.types import Waiting

DEFAULT = "profile"
SAID = {
    Waiting.RESTART: "tính lại từ đầu", Waiting.PAUSE: "tạm dừng", Waiting.RUN: "chạy tiếp",
    None: "theo hồ sơ pháp lý",
}  # fmt: skip


class Command(BaseCommand):
    """`waiting_rule CODE --supplement pause --by-decision "…"`; `profile` takes it back."""

    help = "Đặt cách tính thời hạn khi chờ bổ sung, chờ nộp tiền theo luật chuyên ngành"

    def add_arguments(self, parser: ArgumentParser) -> None:
        choices = [*(wait.value for wait in Waiting), DEFAULT]
        parser.add_argument("code", help="mã thủ tục, ví dụ 2.000815")
        parser.add_argument("--supplement", choices=choices, help="khi chờ bổ sung giấy tờ")
        parser.add_argument("--payment", choices=choices, help="khi chờ nộp phí, thuế")
        parser.add_argument("--by-decision", required=True, help="số và ngày văn bản quy định")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["code"]
        said = {"on_supplement": options["supplement"], "on_payment": options["payment"]}
        waits = {n: None if w == DEFAULT else Waiting(w) for n, w in said.items() if w}
        if not waits:
            raise CommandError("Cần --supplement hoặc --payment.")
        try:
            version = set_waiting(
                code=code, decision=options["by_decision"], by=at_the_machine(), **waits
            )
        except NotFound as error:
            raise CommandError(f"Không có thủ tục {code} đang công bố.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        own = [Waiting(w) if w else None for w in (version.on_supplement, version.on_payment)]
        self.stdout.write(
            f"{code}, từ phiên bản {version.number}: chờ bổ sung thì {SAID[own[0]]}, "
            f"chờ nộp tiền thì {SAID[own[1]]}."
        )
