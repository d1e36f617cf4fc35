"""Errors about the encryption of a vault and its keys."""

from vault.errors.ingest import FileUnreadable
from vault.errors.vault import VaultError


class SealBroken(FileUnreadable):
    """Something that is stored encrypted was changed, or belongs to another vault."""


class KeyProblem(VaultError):
    """Something is wrong with the key of the vault."""

    exit_code = 2


class KeyMissing(KeyProblem):
    """The vault is encrypted, and its key was not given."""


class KeyWrong(KeyProblem):
    """The key or passphrase that was given is not the one of this vault."""


class KeyUnfit(KeyProblem):
    """A key file or passphrase cannot be used, or may not be placed there."""


class EncryptionRefused(VaultError):
    """The vault cannot be encrypted, or not in this way."""

    exit_code = 2


class EncryptionUnfinished(VaultError):
    """The encryption of this vault was interrupted and must be finished first."""
