"""`bin/manage simulate sms|zalo --port …`: play the carriers or Zalo, to try messages for real."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.adapters.simulator import Theatre
from motcua.adapters.sms import simulator as sms
from motcua.adapters.zalo import simulator as zalo
from motcua.config.phones import PARTIES, settings_for


class Command(BaseCommand):
    """Serve until told to stop."""

    help = "Đóng vai nhà mạng (sms) hoặc Zalo trên một cổng của máy này."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("party", choices=sorted(PARTIES))
        parser.add_argument("--port", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        party = sms.Carriers() if options["party"] == "sms" else zalo.Zalo()
        theatre = Theatre(party, options["port"])
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threading.Thread(target=theatre.serve_forever, daemon=True).start()
        for name, value in settings_for(options["party"], theatre.url).items():
            self.stdout.write(f"{name}={value}")
        if options["party"] == "sms":
            self.stdout.write(f"# hoặc MOTCUA_SMS=viettel và MOTCUA_SMS_URL={theatre.url}/viettel")
        self.stdout.write(f"Đã nhận: {theatre.url}/_/received")
        self.stdout.flush()
        stop.wait()
        theatre.shutdown()
