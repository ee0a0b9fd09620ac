"""What every page needs to know stands in one place."""

from pathlib import Path

HOUSE = Path(__file__).parents[2] / "motcua"


def test_the_ways_in_which_a_day_may_be_typed_are_listed_once() -> None:
    lists = [
        path.relative_to(HOUSE).as_posix()
        for path in sorted(HOUSE.rglob("*.py"))
        if "%d.%m.%Y" in path.read_text("utf-8")
    ]

    assert lists == ["dossiers/web/moments.py"]
