"""The carriers and Zalo played on this machine: as whom we speak to them, for `.env` or for a run."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.adapters.sms import simulator as sms
from motcua.adapters.zalo import simulator as zalo

PARTIES = {"sms": "Tin nhắn SMS", "zalo": "Tin Zalo"}


def settings_for(party: str, url: str) -> dict[str, str]:
    """What must be set so that messages go to the simulator of `party` at `url`."""
    if party == "sms":
        return {
            "MOTCUA_SMS": "vnpt",
            "MOTCUA_SMS_URL": f"{url}/vnpt",
            "MOTCUA_SMS_USER": sms.ACCOUNT[0],
            "MOTCUA_SMS_PASSWORD": sms.ACCOUNT[1],
            "MOTCUA_SMS_BRAND": sms.BRAND,
            "MOTCUA_SMS_CONTRACT": "1",
        }
    return {
        "MOTCUA_ZALO_URL": url,
        "MOTCUA_ZALO_OAUTH_URL": url,
        "MOTCUA_ZALO_APP_ID": zalo.APP_ID,
        "MOTCUA_ZALO_SECRET_KEY": zalo.SECRET,
        "MOTCUA_ZALO_REFRESH_TOKEN": zalo.FIRST_REFRESH,
    }


def played(first_port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """Each party that no real contract is set up for, and where its simulator is to listen."""
    real = {"sms": "MOTCUA_SMS", "zalo": "MOTCUA_ZALO_APP_ID"}
    ports = dict(zip(PARTIES, range(first_port, first_port + len(PARTIES)), strict=True))
    return {
        party: f"http://127.0.0.1:{port}"
        for party, port in ports.items()
        if not environ.get(real[party])
    }
