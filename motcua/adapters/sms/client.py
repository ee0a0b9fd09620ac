"""What the carriers speak: VNPT's JSON and Viettel's SOAP. Knows nothing of us."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from motcua.adapters.wire import Answer, NoAnswer, call

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
VIETTEL = "http://impl.bulkSms.ws/"


@dataclass(frozen=True)
class Contract:
    """Where a carrier listens, and as whom we speak to it."""

    url: str
    user: str
    password: str
    brand: str
    contract: str = ""
    agent: str = ""
    account: str = ""
    timeout: float = 10


@dataclass(frozen=True)
class Said:
    """A carrier's answer: its code, and its words."""

    code: str
    text: str


class Broken(Exception):
    """The carrier answered that the fault is its own."""


def vnpt(
    to: Contract, *, request_id: str, phone: str, params: Sequence[str], template_id: str
) -> Said:
    """`send_sms_list` for one telephone."""
    asked = {
        "name": "send_sms_list",
        "REQID": request_id,
        "LABELID": to.brand,
        "CONTRACTTYPEID": "1",
        "CONTRACTID": to.contract,
        "TEMPLATEID": template_id,
        "PARAMS": [{"NUM": str(n), "CONTENT": said} for n, said in enumerate(params, 1)],
        "SCHEDULETIME": "",
        "MOBILELIST": phone,
        "ISTELCOSUB": "0",
        "AGENTID": to.agent,
        "APIUSER": to.user,
        "APIPASS": to.password,
        "USERNAME": to.account,
        "DATACODING": "0",
    }
    body = json.dumps({"RQST": asked}, ensure_ascii=True).encode()
    heard = _whole(call("POST", to.url, body, {"Content-Type": "application/json"}, to.timeout))
    reply = heard.json().get("RPLY")
    if not isinstance(reply, dict) or "ERROR" not in reply:
        raise NoAnswer("Trả lời không có RPLY.ERROR")
    return Said(str(reply["ERROR"]), str(reply.get("ERROR_DESC", "")))


def viettel(to: Contract, *, phone: str, text: str) -> Said:
    """`wsCpMt` for one telephone: result 1 is yes."""
    told = {
        "User": to.user, "Password": to.password, "CPCode": to.contract, "RequestID": "1",
        "UserID": phone, "ReceiverID": phone, "ServiceID": to.brand, "CommandCode": "bulksms",
        "Content": text, "ContentType": "0",
    }  # fmt: skip
    inside = "".join(f"<{name}>{escape(said)}</{name}>" for name, said in told.items())
    envelope = (
        f'<soapenv:Envelope xmlns:soapenv="{SOAP}" xmlns:impl="{VIETTEL}">'
        f"<soapenv:Body><impl:wsCpMt>{inside}</impl:wsCpMt></soapenv:Body></soapenv:Envelope>"
    )
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
    heard = _whole(call("POST", to.url, envelope.encode(), headers, to.timeout))
    found = _elements(heard.body)
    if "result" not in found:
        raise NoAnswer("Trả lời không có result")
    return Said(found["result"], found.get("message", ""))


def _whole(heard: Answer) -> Answer:
    if heard.is_broken:
        raise Broken(f"HTTP {heard.status}")
    return heard


def _elements(body: bytes) -> dict[str, str]:
    """Every element of an answer by its name without space. A document with a DTD is none."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise NoAnswer("Trả lời có DTD")
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise NoAnswer("Trả lời không phải XML") from error
    return {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in root.iter()}
