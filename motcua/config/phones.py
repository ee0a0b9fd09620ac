"""Outside parties played on this machine: as whom we speak to them, for `.env` or for a run."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.adapters.sms import simulator as sms
from motcua.adapters.vneid import simulator as vneid
from motcua.adapters.zalo import simulator as zalo

PARTIES = {"sms": "Tin nhắn SMS", "zalo": "Tin Zalo", "vneid": "Đăng nhập VNeID"}


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
    if party == "vneid":
        return _sign_in(url)
    return {
        "MOTCUA_ZALO_URL": url,
        "MOTCUA_ZALO_OAUTH_URL": url,
        "MOTCUA_ZALO_APP_ID": zalo.APP_ID,
        "MOTCUA_ZALO_SECRET_KEY": zalo.SECRET,
        "MOTCUA_ZALO_REFRESH_TOKEN": zalo.FIRST_REFRESH,
    }


def _sign_in(url: str) -> dict[str, str]:
    """Each service that the simulator plays."""
    found = {"MOTCUA_SSO": ",".join(vneid.SERVICES)}
    for name, shown in vneid.SERVICES.items():
        front = f"MOTCUA_SSO_{name.upper()}"
        found[f"{front}_NAME"] = shown
        found[f"{front}_ISSUER"] = f"{url}/{name}"
        found[f"{front}_CLIENT_ID"] = vneid.CLIENT_ID
        found[f"{front}_SECRET"] = vneid.CLIENT_SECRET
    return found


def played(first_port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """Each party that no real contract is set up for, and where its simulator is to listen."""
    real = {"sms": "MOTCUA_SMS", "zalo": "MOTCUA_ZALO_APP_ID", "vneid": "MOTCUA_SSO"}
    ports = dict(zip(PARTIES, range(first_port, first_port + len(PARTIES)), strict=True))
    return {
        party: f"http://127.0.0.1:{port}"
        for party, port in ports.items()
        if not environ.get(real[party])
    }
