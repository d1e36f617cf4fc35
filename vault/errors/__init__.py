"""Every error that Incamera raises on purpose.

    IncameraError
    ├── SettingsError
    ├── VaultError
    │   ├── VaultNotFound
    │   ├── DataFolderUnfit
    │   ├── VaultInUse
    │   │   └── VaultOwned
    │   ├── VaultTooNew
    │   ├── VaultDamaged
    │   ├── KeyProblem
    │   │   ├── KeyMissing
    │   │   ├── KeyWrong
    │   │   └── KeyUnfit
    │   ├── EncryptionRefused
    │   ├── EncryptionUnfinished
    │   ├── LogKeyMissing
    │   ├── LogKeyInvalid
    │   └── StorageError
    │       ├── DiskFull
    │       ├── NotWritable
    │       └── DiskFailed
    ├── AccessDenied
    ├── AccountError
    │   ├── UserNotFound
    │   ├── UserExists
    │   ├── UserNameInvalid
    │   ├── PasswordUnfit
    │   ├── LastOfRole
    │   └── WallStands
    ├── SignInRefused
    │   ├── SignInDelayed
    │   └── SignOnFailed
    ├── PasswordNeeded
    ├── PasswordOutdated
    ├── SignedOut
    ├── EgressRefused
    ├── CollectionError
    │   ├── CollectionNotFound
    │   ├── CollectionExists
    │   ├── CollectionNameInvalid
    │   ├── JobRuns
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
    │       │   └── SealBroken
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
    ├── RecordPurged
    ├── HeadInvalid
    ├── Held
    ├── HoldNotFound
    ├── QuestionError
    ├── ServerError
    ├── HandoverFailed
    │   └── OwnerEnded
    ├── RouteNotFound
    ├── RequestInvalid
    ├── TokenInvalid
    ├── TokenNotFound
    ├── TokenRefused
    ├── RequestTooLarge
    ├── RequestTooSlow
    ├── TooManyRequests
    ├── RequestTookTooLong
    └── EvaluationError

A message says what happened, with which value, and what to do about it. Messages are shown to users as they
are, so they never contain text of a document. `exit_code` is the exit code of the command line: 1 when
something failed, 2 when the command was used wrongly.

Import errors from here: the modules beside this one only group them by who raises them.
"""

from vault.errors.accounts import *  # noqa: F403
from vault.errors.answers import *  # noqa: F403
from vault.errors.base import *  # noqa: F403
from vault.errors.commands import *  # noqa: F403
from vault.errors.encryption import *  # noqa: F403
from vault.errors.ingest import *  # noqa: F403
from vault.errors.log import *  # noqa: F403
from vault.errors.models import *  # noqa: F403
from vault.errors.programs import *  # noqa: F403
from vault.errors.vault import *  # noqa: F403
