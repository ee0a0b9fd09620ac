"""SMS behind the port of `notices`: VNPT and Viettel."""

from collections.abc import Callable

from django.conf import settings

from motcua.adapters.sms import client
from motcua.adapters.sms.client import Contract, Said
from motcua.adapters.wire import NoAnswer, address_objections, missing
from motcua.core.errors import GiveUp, Reason, TryLater
from motcua.notices.ports import ShortMessage, Unreachable, Unsure

DUPLICATE = "124"  # they have this request already: what we asked for was done
WHAT = {
    "101": "nhà mạng không nhận tài khoản",
    "103": "hết tiền trong tài khoản nhà mạng",
    "104": "tên thương hiệu (brandname) chưa được đăng ký",
    "108": "số điện thoại không dùng được",
    "146": "mẫu tin chưa được đăng ký",
}
NUMBERS = {"108"}


def contract() -> Contract:
    """What the settings say of our contract."""
    return Contract(**settings.SMS, timeout=settings.MESSENGER_TIMEOUT)


class VnptSms:
    """VNPT's brand name. A request that is sent again carries the same number."""

    knows_repeats = True
    uses_templates = True

    def send(self, message: ShortMessage) -> str:
        """The number of the request that VNPT accepted."""
        params = [said for _, said in message.values] if message.template_id else [message.text]

        def ask() -> Said:
            return client.vnpt(
                contract(), request_id=message.id, phone=message.phone, params=params,
                template_id=message.template_id,
            )  # fmt: skip

        try:
            heard = _asked(ask)
        except NoAnswer as error:  # the same number again: a second one is known as such
            raise TryLater(f"SMS: {error}") from error
        if heard.code not in {"0", DUPLICATE}:
            raise _no(heard)
        return f"VNPT {message.id}"

    def check(self) -> list[Reason]:
        """What is missing in the contract."""
        asked = contract()
        return [*_objections(asked), *missing({"MOTCUA_SMS_CONTRACT": asked.contract})]


class ViettelSms:
    """Viettel's brand name. It knows no request twice: what got no answer is not repeated."""

    knows_repeats = False
    uses_templates = False

    def send(self, message: ShortMessage) -> str:
        """Viettel's word that it took the message."""
        try:
            heard = _asked(
                lambda: client.viettel(contract(), phone=message.phone, text=message.text)
            )
        except NoAnswer as error:
            raise Unsure(f"SMS: {error}") from error
        if heard.code != "1":
            raise _no(heard)
        return f"VIETTEL {message.id}"

    def check(self) -> list[Reason]:
        """What is missing in the contract."""
        asked = contract()
        return [*_objections(asked), *missing({"MOTCUA_SMS_CONTRACT": asked.contract})]


def _asked(ask: Callable[[], Said]) -> Said:
    try:
        return ask()
    except client.Broken as error:
        raise TryLater(f"SMS: {error}") from error


def _no(heard: Said) -> GiveUp:
    """The carrier's refusal in our words; its own text may repeat the number, and is not kept."""
    told = f"SMS: nhà mạng từ chối, mã {heard.code[:20]}"
    told += f" ({WHAT[heard.code]})" if heard.code in WHAT else ""
    return (Unreachable if heard.code in NUMBERS else GiveUp)(told)


def _objections(asked: Contract) -> list[Reason]:
    return [
        *address_objections("MOTCUA_SMS_URL", asked.url),
        *missing({
            "MOTCUA_SMS_USER": asked.user,
            "MOTCUA_SMS_PASSWORD": asked.password,
            "MOTCUA_SMS_BRAND": asked.brand,
        }),
    ]  # fmt: skip
