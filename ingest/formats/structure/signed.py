"""Open what is signed by PKCS #7 (mail, .p7m files, PDF) with asn1crypto, and name who signed.

Signatures are shown, not judged: nothing here checks them.
"""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass
from typing import Any

TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
SIGNATURE_TYPES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_PEM = re.compile(rb"-----BEGIN [A-Z0-9 #]+-----(.*?)-----END", re.DOTALL)
_PACKED = 1 << 28  # bytes: the most that a packed message may grow to


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is inside signed bytes, and who signed them."""

    content: bytes
    """Empty if the signature is kept apart from what it signs."""
    signers: tuple[str, ...]
    encrypted: bool = False


def open_envelope(data: bytes) -> Envelope | None:
    """Return what is inside `data`; None if it is broken or something else."""
    from asn1crypto import cms  # type: ignore[import-untyped]  # few messages are signed

    pem = _PEM.search(data)
    try:
        info = cms.ContentInfo.load(base64.b64decode(pem[1]) if pem else data)
        kind = info["content_type"].native
        if kind in ("enveloped_data", "encrypted_data", "authenticated_enveloped_data"):
            return Envelope(b"", (), encrypted=True)
        inside = info["content"]["encap_content_info"]["content"].native
        if kind == "compressed_data":
            return Envelope(zlib.decompressobj().decompress(inside, _PACKED), ())
        if kind != "signed_data":
            return None
        return Envelope(inside if isinstance(inside, bytes) else b"", tuple(_signers(info["content"])))
    except (ValueError, KeyError, TypeError, zlib.error):
        return None


def signature_line(signers: tuple[str, ...]) -> str:
    """Return the line that names who signed."""
    return f"Signed digitally by: {', '.join(signers) or 'an unnamed person'} (the signature is not checked)"


def _signers(signed: Any) -> list[str]:
    """Return the names in the certificates of those who signed, each once."""
    serials = set()
    for signer in signed["signer_infos"]:
        identity = signer["sid"].chosen.native
        serials.add(identity.get("serial_number") if isinstance(identity, dict) else None)
    names = []
    for certificate in signed["certificates"] or ():
        one = certificate.chosen
        if serials and None not in serials and one.serial_number not in serials:
            continue  # a certificate of who vouches for the signer
        subject = one.subject.native
        name = subject.get("common_name") or one.subject.human_friendly
        address = subject.get("email_address")
        names.append(f"{name} <{address}>" if address else str(name))
    return list(dict.fromkeys(" ".join(str(name).split()) for name in names))
