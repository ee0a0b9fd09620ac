"""C2SP tlog-witness behind the port of `audit`."""

import base64
from collections.abc import Sequence

from django.conf import settings

from motcua.adapters.wire import NoAnswer, call
from motcua.audit.ports import NotVouched, OtherSize
from motcua.core.errors import TryLater

SIZE = 409  # with the size that the witness knows
WHY = {
    400: "không hiểu yêu cầu",
    403: "không tin khóa của sổ",
    404: "không biết sổ này",
    422: "sổ không nối tiếp phần nó đã thấy: lịch sử bị viết lại",
}


class HttpWitness:
    """Sends a checkpoint with the proof that it continues the one the witness knows."""

    def cosign(self, url: str, old: int, proof: Sequence[bytes], signed: bytes) -> list[str]:
        """The lines that the witness signs with."""
        lines = [f"old {old}", *(base64.b64encode(each).decode() for each in proof), "", ""]
        body = "\n".join(lines).encode() + signed
        headers = {"Content-Type": "text/plain"}
        try:
            heard = call("POST", f"{url}/add-checkpoint", body, headers, settings.MESSENGER_TIMEOUT)
        except NoAnswer as error:
            raise TryLater(f"Người làm chứng: {error}") from error
        said = heard.body.decode("utf-8", "replace")
        if heard.status == SIZE and said.strip().isdecimal():
            raise OtherSize(int(said))
        if heard.is_broken:
            raise TryLater(f"Người làm chứng: HTTP {heard.status}")
        if heard.status != 200:
            raise NotVouched(f"Từ chối, HTTP {heard.status}: {WHY.get(heard.status, '?')}.")
        return said.removesuffix("\n").split("\n")
