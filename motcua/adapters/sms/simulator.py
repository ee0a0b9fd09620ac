"""Both carriers as they behave on the wire: VNPT's JSON and Viettel's SOAP on one port."""

import json
import re
from typing import Any
from xml.etree import ElementTree

from motcua.adapters.simulator import Asked, Stage, Told, object_of

PHONE = re.compile(r"84[35789]\d{8}")
ACCOUNT, BRAND = ("demo", "demo"), "SONGHA"
GSM = re.compile(r"[A-Za-z0-9 @$_!\"#%&'()*+,\-./:;<=>?\n]{1,160}")
REQUIRED = ("REQID", "LABELID", "CONTRACTID", "MOBILELIST", "APIUSER", "APIPASS", "DATACODING")


class Carriers:
    """`/vnpt` and `/viettel`."""

    def answer(self, asked: Asked, stage: Stage, refusal: str) -> Told:
        """One message for one telephone."""
        if asked.path == "/viettel":
            return _viettel(asked, stage, refusal)
        code = refusal or _vnpt(object_of(asked.body).get("RQST"), stage)
        words = "success" if code == "0" else f"error {code}"
        reply = {"name": "send_sms_list", "ERROR": code, "ERROR_DESC": words}
        return Told(json.dumps({"RPLY": reply}).encode())


def _vnpt(asked: Any, stage: Stage) -> str:
    """The code of the answer; what is accepted is remembered."""
    known = isinstance(asked, dict) and asked.get("name") == "send_sms_list"
    if not known or not all(isinstance(asked.get(name), str) for name in REQUIRED):
        return "99"
    if (asked["APIUSER"], asked["APIPASS"]) != ACCOUNT:
        return "101"
    if asked["LABELID"] != BRAND:
        return "104"
    phone, words = asked["MOBILELIST"], [each.get("CONTENT", "") for each in asked["PARAMS"]]
    if code := stage.numbers.get(phone) or ("" if PHONE.fullmatch(phone) else "108"):
        return code
    if not words or not all(GSM.fullmatch(said) for said in words):
        return "146"
    if asked["REQID"] in stage.seen:
        return "124"
    stage.seen.add(asked["REQID"])
    stage.received.append(
        {"id": asked["REQID"], "phone": phone, "words": words, "template": asked["TEMPLATEID"]}
    )
    return "0"


def _viettel(asked: Asked, stage: Stage, refusal: str) -> Told:
    root = ElementTree.fromstring(asked.body)
    told = {each.tag.rpartition("}")[2]: each.text or "" for each in root.iter()}
    phone, text = told.get("UserID", ""), told.get("Content", "")
    result = refusal or stage.numbers.get(phone, "")
    if not result:
        known = (told.get("User"), told.get("Password")) == ACCOUNT
        well = known and told.get("CommandCode") == "bulksms" and told.get("ServiceID") == BRAND
        plain = told.get("ContentType") == "0" and GSM.fullmatch(text)
        result = "1" if well and plain and PHONE.fullmatch(phone) else "0"
    if result == "1":
        stage.received.append({"id": "", "phone": phone, "words": [text], "template": ""})
    body = (
        '<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">'
        '<S:Body><ns2:wsCpMtResponse xmlns:ns2="http://impl.bulkSms.ws/"><return>'
        f"<message>result {result}</message><result>{result}</result></return>"
        "</ns2:wsCpMtResponse></S:Body></S:Envelope>"
    )
    return Told(body.encode(), kind="text/xml; charset=utf-8")
