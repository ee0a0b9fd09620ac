"""How it stands with the log that seals the journal: two findings for the health page."""

from django.utils.timezone import localtime

from motcua.audit.log_checks import PATIENCE
from motcua.audit.log_state import log_state
from motcua.core import clock
from motcua.sites.backoffice.findings import Finding


def sealed() -> Finding:
    """What is journalled is in the signed log within seconds."""
    name, log = "Niêm phong nhật ký", log_state()
    if not log.keys:
        return Finding(name, "Chưa có khóa ký sổ.", False, "Chạy bin/manage prepare_log.")
    if log.waits_since and clock.now() - log.waits_since > PATIENCE:
        text = f"Có mục chờ niêm phong từ {localtime(log.waits_since):%H:%M %d/%m/%Y}."
        advice = "Xem chương trình seal của bin/run; chạy bin/manage seal --once để đọc lý do."
        return Finding(name, text, False, advice)
    return Finding(name, f"Đã ký {log.size} mục.")


def vouched() -> Finding:
    """Somebody outside saw the log: witnesses and a time-stamping authority, where they were named."""
    name, log = "Làm chứng cho nhật ký", log_state()
    told = [f"{each.name}: {each.trouble}" for each in log.witnesses if each.trouble]
    if log.authority_trouble:
        told.append(log.authority_trouble)
    if told:
        advice = "Hỏi bên làm chứng; nếu họ từ chối, chạy bin/manage verify_journal ngay."
        return Finding(name, " ".join(told), False, advice)
    seen = ", ".join(f"{each.name} đã ký cỡ {each.size or 0}" for each in log.witnesses)
    stamp = f"{localtime(log.stamped_at):%H:%M %d/%m/%Y}" if log.stamped_at else "chưa có"
    text = f"Người làm chứng: {seen or 'chưa đặt (MOTCUA_WITNESSES)'}; dấu thời gian: "
    return Finding(name, f"{text}{stamp if log.has_authority else 'chưa đặt (MOTCUA_TSA_URL)'}.")
