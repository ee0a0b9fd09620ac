"""Partners read the names of their own schema in what the API says of their answers."""

from motcua.core.errors import Reason
from motcua.sites.api.errors import refusal


def test_a_partner_is_told_of_a_question_by_its_name_in_the_schema() -> None:
    reasons = [Reason("x", "Sai.", "nyc-2.soDienThoai"), Reason("x", "Thiếu.", "giay-to-1")]

    said = refusal(reasons, 422).content.decode()

    assert '"nyc.soDienThoai"' in said
    assert '"giay-to-1"' in said  # a paper keeps its own code
