"""Every error that Incamera raises on purpose.

    IncameraError
    ├── SettingsError
    ├── VaultError
    │   ├── VaultNotFound
    │   ├── DataFolderUnfit
    │   ├── VaultInUse
    │   ├── VaultTooNew
    │   ├── VaultDamaged
    │   └── StorageError
    │       ├── DiskFull
    │       ├── NotWritable
    │       └── DiskFailed
    ├── AccessDenied
    ├── EgressRefused
    ├── CollectionError
    │   ├── CollectionNotFound
    │   ├── CollectionExists
    │   ├── CollectionNameInvalid
    │   └── EmbedderMismatch
    ├── DocumentNotFound
    ├── JobNotFound
    ├── EmbedderError
    ├── ReaderWeightsError
    ├── IngestError
    │   ├── PathNotFound
    │   ├── ManifestError
    │   ├── SandboxIncomplete
    │   ├── UploadRefused
    │   ├── UploadNotFound
    │   └── ParseError
    │       ├── FileUnreadable
    │       ├── EmptyFile
    │       ├── TooLarge
    │       ├── UnsupportedType
    │       ├── PasswordProtected
    │       ├── DamagedFile
    │       ├── NoText
    │       ├── ParserTimeout
    │       └── ParserCrashed
    ├── ModelError
    │   ├── ModelNotFound
    │   ├── ModelExists
    │   ├── ModelInUse
    │   ├── ModelTooLarge
    │   ├── AdapterUnfit
    │   ├── ModelServerFailed
    │   ├── ModelDamaged
    │   ├── ModelCrashed
    │   ├── ModelBackendMissing
    │   ├── ContextTooSmall
    │   └── GenerationFailed
    ├── RecordNotFound
    ├── QuestionError
    ├── ServerError
    ├── HandoverFailed
    └── EvaluationError

A message says what happened, with which value, and what to do about it. It is shown to people as it
stands, so it never holds document text. `exit_code` is what the command line ends with: 1 when
something failed, 2 when the command was used wrongly.
"""

from __future__ import annotations


class IncameraError(Exception):
    """Base of every error raised on purpose; anything else that escapes is a defect."""

    exit_code = 1
    passing = False
    """Whether the work goes on from where it was once the machine is put right: a disk with room again."""


class SettingsError(IncameraError):
    """A setting has a value that cannot be used."""

    exit_code = 2


class VaultError(IncameraError):
    """Something about the vault as a whole."""


class VaultNotFound(VaultError):
    """The data folder holds no vault."""

    exit_code = 2


class DataFolderUnfit(VaultError):
    """The place given for the data folder is a file, or a folder that holds something else."""

    exit_code = 2


class VaultInUse(VaultError):
    """Another process owns the vault."""


class VaultTooNew(VaultError):
    """The vault was written by a later version of Incamera."""


class VaultDamaged(VaultError):
    """A file of the vault cannot be read as what it should be."""


class StorageError(VaultError):
    """A disk does not let us keep what is to be kept; `vault.files.storage` makes these."""

    passing = True


class DiskFull(StorageError):
    """There is no room left on a disk."""


class NotWritable(StorageError):
    """A disk or folder is read-only, or belongs to somebody else."""


class DiskFailed(StorageError):
    """A disk cannot be read or written."""


class AccessDenied(IncameraError):
    """The user may not do this to this collection."""


class EgressRefused(IncameraError, OSError):
    """Something in the process tried to reach an address that is not allowed.

    Also an OSError, so that libraries treat it as the network failure that it is.
    """


class CollectionError(IncameraError):
    """Something about one collection."""


class CollectionNotFound(CollectionError):
    """No collection has this name."""

    exit_code = 2


class CollectionExists(CollectionError):
    """A collection of this name is there already."""

    exit_code = 2


class CollectionNameInvalid(CollectionError):
    """The name cannot be used for a collection."""

    exit_code = 2


class EmbedderMismatch(CollectionError):
    """The collection was embedded with another model or cut by another chunker."""


class DocumentNotFound(IncameraError):
    """The collection holds no such document, page or place."""

    exit_code = 2


class JobNotFound(IncameraError):
    """There is no such job, or it is through."""

    exit_code = 2


class EmbedderError(IncameraError):
    """The embedding model is missing or is not what it should be."""


class ReaderWeightsError(IncameraError):
    """The weights of the reader (`rag/reader/reader.py`) are missing or are not what they should be."""


class IngestError(IncameraError):
    """Something on the way in."""


class PathNotFound(IngestError):
    """A path that was given does not exist."""

    exit_code = 2


class ManifestError(IngestError):
    """The manifest is missing or is not in the form that is read."""

    exit_code = 2


class SandboxIncomplete(IngestError):
    """The kernel does not shut the parser in as INCAMERA_SANDBOX demands."""

    passing = True


class UploadRefused(IngestError):
    """Files cannot be uploaded: over a limit, no room on the disk, or not what was announced."""


class UploadNotFound(IngestError):
    """There is no such upload, or nothing is expected of it any more."""


class ParseError(IngestError):
    """One file could not be read; its message is the `reason` of the failed document."""


class FileUnreadable(ParseError):
    """The file system does not let us read the file or folder."""


class EmptyFile(ParseError):
    """The file has no bytes."""


class TooLarge(ParseError):
    """The file, or what it unpacks to, is over a limit."""


class UnsupportedType(ParseError):
    """The content is of no type that Incamera reads."""


class PasswordProtected(ParseError):
    """The file opens only with a password."""


class DamagedFile(ParseError):
    """The file is broken: cut off, malformed or not what its content claims."""


class NoText(ParseError):
    """The file was read and holds no text."""


class ParserTimeout(ParseError):
    """Reading took longer than the limit and was stopped."""


class ParserCrashed(ParseError):
    """The parser ended by itself: a crash, or the memory limit."""


class ModelError(IncameraError):
    """Something about the language model."""


class ModelNotFound(ModelError):
    """The model file that is configured does not exist."""

    exit_code = 2


class ModelExists(ModelError):
    """A model with that name was added already."""

    exit_code = 2


class ModelInUse(ModelError):
    """The model is chosen for a collection and cannot be removed."""

    exit_code = 2


class ModelTooLarge(ModelError):
    """The model does not fit in the memory that is free, or its copy on the disk."""


class AdapterUnfit(ModelError):
    """The LoRA adapter is for another architecture than the model's."""


class ModelServerFailed(ModelError):
    """The house's own model server cannot be reached, hangs, or answers with nonsense."""


class ModelDamaged(ModelError):
    """The model file is not a whole GGUF file, or its hash is not the expected one."""


class ModelCrashed(ModelError):
    """The process died that tried the model: for this machine the model or llama.cpp is the wrong one."""


class ModelBackendMissing(ModelError):
    """A model is configured, and llama-cpp-python is not installed."""


class ContextTooSmall(ModelError):
    """Not even one passage fits into the model's context with the question."""


class GenerationFailed(ModelError):
    """The model stopped with an error while it wrote."""


class RecordNotFound(IncameraError):
    """There is no such record of an answer."""

    exit_code = 2


class QuestionError(IncameraError):
    """The question cannot be asked: empty, or too long to be one."""

    exit_code = 2


class ServerError(IncameraError):
    """The web page cannot be served at this address or port."""


class HandoverFailed(IncameraError):
    """The server that has the vault did not do what a command handed to it."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class EvaluationError(IncameraError):
    """A question set is missing or not in the form that `evaluate` reads."""

    exit_code = 2
