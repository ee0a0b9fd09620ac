"""The settings of the log over the journal: where it lies, who else vouches for it."""

from pathlib import Path
from urllib.parse import urlsplit

from motcua.config import environment


def origin(portal: str) -> str:
    """The log's name, for good once its first key is made: the address of its page, without https."""
    host = urlsplit(portal).hostname or "localhost"
    return environment.text("MOTCUA_LOG_ORIGIN", f"{host}/nhat-ky")


def secret(name: str, file: str) -> str:
    """The variable `name`, or what stands in the file that the variable `file` names."""
    if path := environment.text(file):
        return Path(path).read_text(encoding="utf-8").strip()
    return environment.text(name)


def witnesses() -> list[tuple[str, str]]:
    """Address and public key of each witness: `MOTCUA_WITNESSES=https://… KEY, https://… KEY`."""
    found = []
    for pair in environment.words("MOTCUA_WITNESSES"):
        url, _, vkey = pair.partition(" ")
        if not vkey.strip():
            raise ValueError(
                f"MOTCUA_WITNESSES: “{pair}” cần địa chỉ, dấu cách rồi khóa công khai."
            )
        found.append((url.rstrip("/"), vkey.strip()))
    return found


def vouchers(testing: bool) -> dict[str, str]:
    """The adapters behind `witness` and `timestamper`: none where nobody was named."""
    if testing:
        return {
            "witness": "motcua.adapters.witness.fake.FakeWitness",
            "timestamper": "motcua.adapters.tsa.fake.FakeTimestamper",
        }
    found = {}
    if environment.text("MOTCUA_WITNESSES"):
        found["witness"] = "motcua.adapters.witness.adapter.HttpWitness"
    if environment.text("MOTCUA_TSA_URL"):
        found["timestamper"] = "motcua.adapters.tsa.adapter.Rfc3161Timestamper"
    return found
