"""`bin/manage simulate sms|zalo --port …`: play the carriers or Zalo, to try messages for real."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.adapters.simulator import Theatre
from motcua.adapters.sms import simulator as sms
from motcua.adapters.zalo import simulator as zalo

SETTINGS = {
    "sms": (
        "MOTCUA_SMS=vnpt (hoặc viettel)\nMOTCUA_SMS_URL={url}/vnpt (hoặc {url}/viettel)\n"
        f"MOTCUA_SMS_USER={sms.ACCOUNT[0]}\nMOTCUA_SMS_PASSWORD={sms.ACCOUNT[1]}\n"
        f"MOTCUA_SMS_BRAND={sms.BRAND}\nMOTCUA_SMS_CONTRACT=1"
    ),
    "zalo": (
        "MOTCUA_ZALO_URL={url}\nMOTCUA_ZALO_OAUTH_URL={url}\n"
        f"MOTCUA_ZALO_APP_ID={zalo.APP_ID}\nMOTCUA_ZALO_SECRET_KEY={zalo.SECRET}\n"
        f"MOTCUA_ZALO_REFRESH_TOKEN={zalo.FIRST_REFRESH}"
    ),
}


class Command(BaseCommand):
    """Serve until told to stop."""

    help = "Đóng vai nhà mạng (sms) hoặc Zalo trên một cổng của máy này."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("party", choices=sorted(SETTINGS))
        parser.add_argument("--port", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        party = sms.Carriers() if options["party"] == "sms" else zalo.Zalo()
        theatre = Theatre(party, options["port"])
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threading.Thread(target=theatre.serve_forever, daemon=True).start()
        self.stdout.write(SETTINGS[options["party"]].format(url=theatre.url))
        self.stdout.write(f"Đã nhận: {theatre.url}/_/received")
        self.stdout.flush()
        stop.wait()
        theatre.shutdown()
