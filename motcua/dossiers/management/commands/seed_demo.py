"""Put the cast on stage, with dossiers in every status: bin/manage seed_demo [--dossiers 60]."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.dossiers.models import Dossier
from motcua.testing.cast import PASSWORD, assemble
from motcua.testing.demo import FIRST_DAY, play


class Command(BaseCommand):
    """Thin: calls the cast, has it play if asked, and prints whom to sign in as."""

    help = "Dựng dàn nhân vật mẫu của tỉnh Sông Hà (chạy lại không đổi gì)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dossiers", type=int, help=f"thêm chừng ấy hồ sơ mẫu; nhà mới tự có {FIRST_DAY}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cast = assemble()
        wanted = options["dossiers"]
        if wanted is None:
            wanted = 0 if Dossier.objects.exists() else FIRST_DAY
        if wanted:
            told = play(cast, wanted)
            statuses = ", ".join(f"{status} {count}" for status, count in told.most_common())
            self.stdout.write(f"Đã thêm {told.total()} hồ sơ: {statuses}.")
        self.stdout.write(
            "Người dân: lan, thu. Cán bộ: hung, lien, hoa, mai, binh, yen, sau, phuc, quan, nga. "
            f"Mật khẩu: {PASSWORD}"
        )
