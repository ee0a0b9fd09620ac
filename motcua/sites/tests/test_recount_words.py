"""What an edition changed is said to citizens in sentences, not in the words of a table."""

from motcua.sites.backoffice.recounts import to_citizens


def test_a_day_that_became_free_is_said_as_people_say_it() -> None:
    changed = [
        "25/11/2026: ngày thường → nghỉ, Nghỉ tránh bão số 15",
        "28/11/2026: ngày thường → làm bù, Làm bù ngày 25/11",
        "02/01/2027: nghỉ, Nghỉ bù → ngày thường",
        "thêm giờ làm việc từ 01/12/2026: 08:00–12:00",
    ]

    assert to_citizens(changed) == (
        "Lịch làm việc thay đổi: ngày 25/11/2026 được nghỉ (Nghỉ tránh bão số 15); "
        "ngày 28/11/2026 làm việc bù (Làm bù ngày 25/11); "
        "ngày 02/01/2027 làm việc như thường lệ; thêm giờ làm việc từ 01/12/2026: 08:00–12:00."
    )
