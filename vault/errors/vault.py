"""Errors about the vault, its collections and its settings."""

from vault.errors.base import IncameraError


class SettingsError(IncameraError):
    """A setting has a value that cannot be used."""

    exit_code = 2


class VaultError(IncameraError):
    """Something is wrong with the vault as a whole."""


class VaultNotFound(VaultError):
    """The data folder holds no vault."""

    exit_code = 2


class DataFolderUnfit(VaultError):
    """The path given for the data folder is a file, or a folder that holds something else."""

    exit_code = 2


class VaultInUse(VaultError):
    """Another process owns the vault."""


class VaultOwned(VaultInUse):
    """Another process of Incamera owns the vault, so that one may wait until it has ended."""


class VaultTooNew(VaultError):
    """The vault was written by a later version of Incamera."""


class VaultDamaged(VaultError):
    """A file of the vault cannot be read as what it should be."""


class StorageError(VaultError):
    """A disk cannot store what has to be stored. `vault.files.storage` raises these."""

    passing = True


class DiskFull(StorageError):
    """A disk has no room left."""


class NotWritable(StorageError):
    """A disk or folder is read-only, or belongs to another user."""


class DiskFailed(StorageError):
    """A disk cannot be read or written."""


class AccessDenied(IncameraError):
    """The user may not do this to this collection."""


class EgressRefused(IncameraError, OSError):
    """Something in the process tried to reach an address that is not allowed.

    It is also an OSError, so that libraries handle it as a network failure.
    """


class CollectionError(IncameraError):
    """Something is wrong with one collection."""


class CollectionNotFound(CollectionError):
    """No collection has this name."""

    exit_code = 2


class CollectionExists(CollectionError):
    """A collection of this name exists already."""

    exit_code = 2


class CollectionNameInvalid(CollectionError):
    """The name cannot be used for a collection."""

    exit_code = 2


class JobRuns(CollectionError):
    """Files are being added to the collection, which must end first."""


class EmbedderMismatch(CollectionError):
    """The collection was embedded with another model, or split into chunks by another version."""


class DocumentNotFound(IncameraError):
    """The collection holds no such document, page or place."""

    exit_code = 2


class JobNotFound(IncameraError):
    """There is no such job, or it has ended."""

    exit_code = 2


class RecordNotFound(IncameraError):
    """There is no such record of an answer."""

    exit_code = 2


class EmbedderError(IncameraError):
    """The embedding model is missing, or its files are not the expected ones."""
