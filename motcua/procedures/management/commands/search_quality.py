"""How well the finder answers a file of questions whose answers are known."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.procedures.queries import find, published_codes


class Command(BaseCommand):
    """`search_quality FILE`: recall@5, recall@10 and the time of a question."""

    help = "Đo chất lượng tìm kiếm trên tệp câu hỏi jsonl"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--misses", action="store_true", help="in các câu chưa trả lời được")

    def handle(self, *args: Any, **options: Any) -> None:
        questions = list(_questions(options["file"]))
        if not questions:
            raise CommandError("Tệp không có câu hỏi nào mà danh mục trả lời được.")
        find("khởi động")
        hits5, hits10, any5, times = [], [], [], []
        for question, codes in questions:
            started = perf_counter()
            found = [one.code for one in find(question, limit=10).found]
            times.append((perf_counter() - started) * 1000)
            hits5.append(len(codes & set(found[:5])) / len(codes))
            hits10.append(len(codes & set(found)) / len(codes))
            any5.append(bool(codes & set(found[:5])))
            if options["misses"] and not any5[-1]:
                self.stdout.write(f"  ? {question}  cần {sorted(codes)}  được {found[:5]}")
        cuts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
        self.stdout.write(
            f"{len(questions)} câu hỏi: recall@5 {mean(hits5):.3f}, recall@10 {mean(hits10):.3f}, "
            f"có đáp án trong 5 kết quả đầu {mean(any5):.3f}; "
            f"p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms."
        )


def _questions(path: Path) -> Iterator[tuple[str, set[str]]]:
    """The questions to be answered, with the codes that the catalogue has."""
    published = {code for code, _ in published_codes()}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        codes = set(row["procedure_codes"]) & published
        if row["behaviour"] == "answer" and codes:
            yield row["question"], codes
