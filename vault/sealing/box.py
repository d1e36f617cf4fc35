"""Seal a few bytes, such as another key or a list of names."""

from __future__ import annotations

import secrets

from vault.errors import SealBroken
from vault.sealing.key import Key


def seal(key: Key, content: bytes, context: str) -> bytes:
    """Return `content` encrypted and authenticated.

    `context` says what it is and is not stored: content that is sealed as one thing cannot be passed off as
    another.
    """
    # Imported here: a vault without a key does not need it.
    from nacl import bindings

    nonce = secrets.token_bytes(bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
        content, context.encode(), nonce, key.secret
    )


def unseal(key: Key, sealed: bytes, context: str) -> bytes:
    """Return what `seal` was given. Raises SealBroken for another key, another context and changed bytes."""
    from nacl import bindings, exceptions

    length = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[length:], context.encode(), sealed[:length], key.secret
        )
    except (exceptions.CryptoError, ValueError, TypeError) as error:
        raise SealBroken(
            f"The stored {context} cannot be decrypted: it was changed, or belongs to another vault. Restore "
            "it from a backup."
        ) from error
