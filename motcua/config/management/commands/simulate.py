"""`bin/manage simulate sms|zalo|vneid|tsa --port …`: play an outside party, to try things for real."""

import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from motcua.adapters.simulator import Party, Theatre
from motcua.adapters.sms import simulator as sms
from motcua.adapters.tsa import simulator as tsa
from motcua.adapters.vneid import simulator as vneid
from motcua.adapters.zalo import simulator as zalo
from motcua.config.phones import PARTIES, settings_for


class Command(BaseCommand):
    """Serve until told to stop."""

    help = "Đóng vai nhà mạng (sms), Zalo, SSO và VNeID (vneid), nơi cấp dấu thời gian (tsa) trên một cổng."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("party", choices=sorted([*PARTIES, "tsa"]))
        parser.add_argument("--port", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        parts: dict[str, Callable[[], Party]] = {
            "sms": sms.Carriers,
            "zalo": zalo.Zalo,
            "vneid": vneid.Identity,
            "tsa": tsa.Authority,
        }
        part = parts[options["party"]]()
        theatre = Theatre(part, options["port"])
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threading.Thread(target=theatre.serve_forever, daemon=True).start()
        if isinstance(part, tsa.Authority):
            named = {"MOTCUA_TSA_URL": theatre.url, "MOTCUA_TSA_ROOTS": str(part.roots)}
        else:
            named = settings_for(options["party"], theatre.url)
        for name, value in named.items():
            self.stdout.write(f"{name}={value}")
        if options["party"] == "sms":
            self.stdout.write(f"# hoặc MOTCUA_SMS=viettel và MOTCUA_SMS_URL={theatre.url}/viettel")
        self.stdout.write(f"Đã nhận: {theatre.url}/_/received")
        self.stdout.flush()
        stop.wait()
        theatre.shutdown()
        if isinstance(part, tsa.Authority):
            part.close()
