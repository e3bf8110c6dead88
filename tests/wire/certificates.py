"""A certificate authority made for one run, and server certificates for any host it is asked for."""

import ipaddress
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from tests.wire.http2 import offered


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


class Authority:
    """Signs server certificates on demand; its own is written to ``bundle``, next to the others."""

    def __init__(self, folder: Path, bundle: Path | None = None, *, prefix: str = "leaf") -> None:
        self._folder = folder
        self._prefix = prefix
        self._lock = threading.Lock()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._start = datetime.now(UTC) - timedelta(days=1)
        self._end = self._start + timedelta(days=30)
        self._ca_key = ec.generate_private_key(ec.SECP256R1())
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())
        self._ca_name = _name("Stackwatch test authority")
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=True,
            crl_sign=True,
            encipher_only=False,
            decipher_only=False,
        )
        self._ca = (
            self._draft(self._ca_name, self._ca_key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._ca_key, hashes.SHA256())
        )
        self.bundle = bundle or folder / "ca.pem"
        self.bundle.write_bytes(self._ca.public_bytes(serialization.Encoding.PEM))

    def shift(self, span: timedelta) -> None:
        """Let certificates that are made from now on be valid so much later, or earlier."""
        self._start, self._end = self._start + span, self._end + span

    def context(self, host: str) -> ssl.SSLContext:
        """Return a server context whose certificate is for ``host``."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._mint(host, len(self._contexts))
            return self._contexts[host]

    def _draft(self, subject: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._ca_name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._start)
            .not_valid_after(self._end)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._ca_key.public_key()), critical=False
            )
        )

    def _mint(self, host: str, number: int) -> ssl.SSLContext:
        try:
            names: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_address(host))]
        except ValueError:
            names = [x509.DNSName(host)]
        leaf = (
            self._draft(_name(host), self._leaf_key.public_key())
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(self._ca_key, hashes.SHA256())
        )
        pem = self._folder / f"{self._prefix}-{number}.pem"
        pem.write_bytes(
            leaf.public_bytes(serialization.Encoding.PEM)
            + self._leaf_key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        context.set_alpn_protocols(offered(host))
        return context
