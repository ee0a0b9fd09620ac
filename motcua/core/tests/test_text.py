"""What people and addresses write, read once for the whole house."""

import pytest

from motcua.core.text import whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)]
    + [(text, None) for text in ("", "x", "-1", "+1", " 1", "1.5", "²", "١", "9" * 19, "9" * 5000)],
)
def test_a_number_in_an_address_is_plain_digits_that_a_row_can_have(
    typed: str, number: int | None
) -> None:
    assert whole_number(typed) == number
