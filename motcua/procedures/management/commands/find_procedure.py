"""Ask the finder from the command line; the same answer as the page gives."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from motcua.procedures.queries import find
from motcua.procedures.types import Filters


class Command(BaseCommand):
    """`find_procedure "TEXT" [--limit N] [--json]` and the filters of the page."""

    help = "Tìm thủ tục hành chính như trên Cổng"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?", default="")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--json", action="store_true")
        for name in ("event", "field", "agency", "level", "audience"):
            parser.add_argument(f"--{name}", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("event", "field", "agency", "level", "audience")
        filters = Filters(**{name: options[name] for name in names})
        answer = find(options["text"], filters, limit=max(1, options["limit"]))
        if options["json"]:
            rows = [asdict(found) for found in answer.found]
            self.stdout.write(
                json.dumps(
                    {
                        "total": answer.total,
                        "codes": [row["code"] for row in rows],
                        "found": rows,
                    },
                    ensure_ascii=False,
                )
            )
            return
        for found in answer.found:
            self.stdout.write(f"{found.code}  {found.name}")
            self.stdout.write(
                f"          {found.agency} · {found.time_text} · {found.fee_text} · {found.level_name}"
            )
        if not answer.found:
            self.stdout.write("Không tìm thấy thủ tục phù hợp. Thử nói cách khác, ngắn hơn.")
