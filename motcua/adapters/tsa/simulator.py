"""A time-stamping authority as it behaves on the wire: openssl signs, with certificates made at the start.

Told with `POST /_/trouble`, kind `code`: `imprint` (stamps something else), `stranger` (signed by
somebody the roots do not know), `reject`; and the troubles that every simulator knows.
"""

import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from motcua.adapters.simulator import Asked, Stage, Told

REJECTED = bytes.fromhex("30053003020102")
DIGEST = re.compile(rb"\x04\x20.{32}", re.DOTALL)
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""
Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


class Authority:
    """One root, one signer; `roots` is the file to be believed."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tsa-"))
        self.roots = self.folder / "roots.pem"
        for name in ("known", "stranger"):
            _settle(self.folder / name, name)
        shutil.copy(self.folder / "known" / "root.pem", self.roots)

    def close(self) -> None:
        """Forget the keys."""
        shutil.rmtree(self.folder)

    def answer(self, asked: Asked, stage: Stage, refusal: str) -> Told:
        """The reply to a query of RFC 3161."""
        if asked.method != "POST":
            return Told(b"POST application/timestamp-query", 405, "text/plain")
        query = asked.body
        if refusal == "reject":
            return _reply(REJECTED)
        if refusal == "imprint":
            query = DIGEST.sub(b"\x04\x20" + bytes(32), query, count=1)
        stage.received.append({"bytes": len(query)})
        return _reply(
            _stamped(self.folder / ("stranger" if refusal == "stranger" else "known"), query)
        )


def _reply(content: bytes) -> Told:
    return Told(content, 200, "application/timestamp-reply")


def _stamped(folder: Path, query: bytes) -> bytes:
    """What openssl answers to this query."""
    asked, told = folder / "query.tsq", folder / "reply.tsr"
    asked.write_bytes(query)
    names = {"-config": folder / "tsa.cnf", "-queryfile": asked, "-out": told}
    line = ["openssl", "ts", "-reply", *(str(part) for pair in names.items() for part in pair)]
    done = subprocess.run(line, capture_output=True, check=False)
    return told.read_bytes() if done.returncode == 0 else REJECTED


def _settle(folder: Path, name: str) -> None:
    """A root, a signer under it, and what openssl must know."""
    folder.mkdir()
    root = _certificate(f"{name} root", None)
    signer = _certificate(f"{name} TSA", root)
    _write(folder / "root.pem", root[0])
    _write(folder / "tsa.pem", signer[0])
    key = signer[1].private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "tsa.key").write_bytes(key)
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))


def _certificate(name: str, issuer: Pair | None) -> Pair:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True).add_extension(
            _usage(), critical=True
        )
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _write(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
