"""What is done to a dossier: the steps of the table in `workflow`, and what people call them."""

from enum import StrEnum


class Step(StrEnum):
    """What someone does to it."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    TURN_BACK = "turn_back"
    ASSIGN = "assign"
    EXAMINE = "examine"
    ASK_MORE = "ask_more"
    HAND_IN = "hand_in"
    RESUME = "resume"
    LACKING = "lacking"
    CONSULT = "consult"
    OPINE = "opine"
    CLOSE_CONSULT = "close_consult"
    VERIFY = "verify"
    RECORD_VERIFICATION = "record_verification"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    DECIDE = "decide"
    REFUSE = "refuse"
    ISSUE = "issue"
    DELIVER = "deliver"
    REOPEN = "reopen"
    REISSUE = "reissue"
    SETTLE_AT_ONCE = "settle_at_once"
    STOP = "stop"
    RECOUNT = "recount"
    EXTEND = "extend"
    URGE = "urge"
    APOLOGISE = "apologise"
    MOVE_DATE = "move_date"
    CORRECT_CODE = "correct_code"
    INTERLINK = "interlink"
    ANSWER_STATION = "answer_station"
    CLOSE_STATION = "close_station"
    PASS_ON = "pass_on"
    CHECK_PAPERS = "check_papers"


# fmt: off
STEP_TEXTS = {
    Step.SUBMIT:         "Nộp hồ sơ",
    Step.ACCEPT:         "Tiếp nhận",
    Step.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
    Step.SUPPLEMENT:     "Nộp bổ sung",
    Step.REJECT:         "Từ chối tiếp nhận",
    Step.WITHDRAW:       "Rút hồ sơ",
    Step.TRANSFER:       "Chuyển đơn vị giải quyết",
    Step.HAND_OVER:      "Bàn giao cho đơn vị giải quyết",
    Step.TAKE_OVER:      "Nhận bàn giao",
    Step.TURN_BACK:      "Trả lại bàn giao",
    Step.ASSIGN:         "Phân công",
    Step.EXAMINE:        "Thẩm định",
    Step.CONSULT:        "Lấy ý kiến đơn vị khác",
    Step.OPINE:          "Cho ý kiến",
    Step.CLOSE_CONSULT:  "Kết thúc lấy ý kiến",
    Step.VERIFY:         "Hẹn xác minh thực địa",
    Step.RECORD_VERIFICATION: "Ghi biên bản xác minh",
    Step.ASK_MORE:       "Yêu cầu bổ sung khi giải quyết",
    Step.HAND_IN:        "Nộp bổ sung khi giải quyết",
    Step.RESUME:         "Tiếp tục giải quyết",
    Step.LACKING:        "Báo còn thiếu",
    Step.STOP:           "Dừng giải quyết",
    Step.PROPOSE:        "Trình lãnh đạo",
    Step.SEND_BACK:      "Trả lại để làm rõ",
    Step.DECIDE:         "Ký duyệt",
    Step.REFUSE:         "Không đồng ý giải quyết",
    Step.ISSUE:          "Ban hành kết quả",
    Step.DELIVER:        "Trả kết quả",
    Step.REOPEN:         "Mở lại để đính chính kết quả",
    Step.REISSUE:        "Cấp lại kết quả",
    Step.SETTLE_AT_ONCE: "Giải quyết ngay",
    Step.URGE:           "Đôn đốc",
    Step.EXTEND:         "Xin lỗi và hẹn lại",
    Step.APOLOGISE:      "Xin lỗi vì chậm trả kết quả",
    Step.MOVE_DATE:      "Dời ngày hẹn trả",
    Step.CORRECT_CODE:   "Sửa mã hồ sơ",
    Step.RECOUNT:        "Tính lại ngày hẹn",
    Step.INTERLINK:      "Giải quyết liên thông",
    Step.ANSWER_STATION: "Trả kết quả liên thông",
    Step.CLOSE_STATION:  "Thôi chờ đơn vị liên thông",
    Step.PASS_ON:        "Chuyển cơ quan có thẩm quyền",
    Step.CHECK_PAPERS:   "Kiểm nhận giấy tờ chuyển đến",
}
# fmt: on
