"""After an upgrade: what lists show and the generic form, as the code has them now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.core.actors import at_the_machine
from motcua.procedures.actions.forms import generic_form_id
from motcua.procedures.actions.levels import refresh_levels
from motcua.procedures.actions.succeeding import carry_generic_form


class Command(BaseCommand):
    """`refresh_catalogue [--generic-form]`."""

    help = "Tính lại mức độ trực tuyến và thẻ kết quả tìm; --generic-form: đổi cả đơn đề nghị chung"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--generic-form",
            action="store_true",
            help="phiên bản mới, mang đơn đề nghị chung mới nhất, cho thủ tục đang dùng đơn cũ",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        generic_form_id()
        if options["generic_form"]:
            done = carry_generic_form(by=at_the_machine())
            self.stdout.write(f"Đơn đề nghị chung mới: {done} phiên bản mới.")
        self.stdout.write(f"Tính lại thẻ và mức độ trực tuyến: {refresh_levels()} thủ tục đổi.")
