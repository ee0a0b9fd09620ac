"""Zalo behind the port of `notices`."""

from functools import partial

from django.conf import settings

from motcua.adapters.wire import NoAnswer, address_objections, missing
from motcua.adapters.zalo import client
from motcua.adapters.zalo.client import App, Broken, Refusal
from motcua.adapters.zalo.tokens import TokenFile
from motcua.core.errors import GiveUp, Reason, TryLater
from motcua.notices.ports import ShortMessage, Unreachable, Unsure

UNKNOWN, TOKEN = -100, -124
WHAT = {
    -101: "ứng dụng không hợp lệ",
    -102: "không có ứng dụng này",
    -103: "ứng dụng chưa bật",
    -104: "sai khóa bí mật",
    -105: "ứng dụng chưa gắn với OA",
    -106: "phương thức không được hỗ trợ",
    -107: "số tin không hợp lệ",
    -108: "số điện thoại không hợp lệ",
    -109: "mã mẫu không hợp lệ",
    -110: "phiên bản Zalo của người nhận quá cũ",
    -111: "mẫu không có dữ liệu",
    -112: "dữ liệu của mẫu không hợp lệ",
    -114: "người nhận không hoạt động hoặc từ chối nhận",
    -115: "hết hạn mức gửi",
    -118: "số điện thoại này không có tài khoản Zalo",
    -119: "tài khoản không nhận được tin",
    -124: "khóa truy cập không còn hiệu lực",
    -1241: "appsecret_proof không hợp lệ",
}
NUMBERS = {-108, -110, -114, -118, -119}  # it is the reader, not the message


class ZnsMessenger:
    """Sends one registered template to one telephone. Only -100 and HTTP 5xx are tried again."""

    knows_repeats = False
    uses_templates = True

    def send(self, message: ShortMessage) -> str:
        """The msg_id that Zalo gave the message."""
        if not message.template_id:
            raise GiveUp("Zalo: chưa có mã mẫu ZNS cho loại thông báo này.")
        sent = partial(
            client.send, _app(), tracking_id=message.id, phone=message.phone,
            template_id=message.template_id, data=dict(message.values),
        )  # fmt: skip
        token = self._token()
        try:
            try:
                msg_id = sent(token)
            except Refusal as refusal:
                if refusal.code != TOKEN:
                    raise
                msg_id = sent(self._token(refused=token))
        except Refusal as refusal:
            raise _no(refusal.code) from refusal
        except Broken as error:
            raise TryLater(f"Zalo: {error}") from error
        except NoAnswer as error:
            raise Unsure(f"Zalo: {error}") from error
        return f"ZALO {msg_id}"

    def check(self) -> list[Reason]:
        """What is missing in the settings; then whether Zalo gives us a token."""
        app = _app()
        found = [
            *address_objections("MOTCUA_ZALO_URL", app.url),
            *address_objections("MOTCUA_ZALO_OAUTH_URL", app.oauth_url),
            *missing({
                "MOTCUA_ZALO_APP_ID": app.app_id,
                "MOTCUA_ZALO_SECRET_KEY": app.secret_key,
                "MOTCUA_ZALO_REFRESH_TOKEN": app.refresh_token,
            }),
        ]  # fmt: skip
        if found:
            return found
        try:
            self._token()
        except (GiveUp, TryLater) as error:
            return [Reason("zalo_token", str(error))]
        return []

    def _token(self, refused: str = "") -> str:
        """A token that opens. Nothing was sent yet, so a Zalo that is silent is asked again later."""
        app = _app()
        kept = TokenFile(settings.VAR_DIR / "zalo_token.json", app.refresh_token)
        try:
            return kept.access(partial(client.refresh, app), refused=refused)
        except (Broken, NoAnswer) as error:
            raise TryLater(f"Zalo: {error}") from error
        except Refusal as refusal:
            told = "Zalo không đổi khóa truy cập; lấy mã làm mới khác ở trang của OA rồi đặt vào "
            raise GiveUp(f"{told}MOTCUA_ZALO_REFRESH_TOKEN ({refusal}).") from refusal


def _app() -> App:
    return App(**settings.ZALO, timeout=settings.MESSENGER_TIMEOUT)


def _no(code: int) -> Exception:
    """Zalo's refusal in our words."""
    told = f"Zalo từ chối, mã {code}" + (f" ({WHAT[code]})" if code in WHAT else "")
    if code == UNKNOWN:
        return TryLater(told)
    return (Unreachable if code in NUMBERS else GiveUp)(told)
