"""Errors about the language model."""

from vault.errors.base import IncameraError


class ModelError(IncameraError):
    """Something is wrong with the language model."""


class ModelNotFound(ModelError):
    """The configured model, or its file, does not exist."""

    exit_code = 2


class ModelExists(ModelError):
    """A model with that name was added already."""

    exit_code = 2


class ModelInUse(ModelError):
    """The model is chosen for a collection and cannot be removed."""

    exit_code = 2


class ModelTooLarge(ModelError):
    """The model does not fit in the free memory, or its copy on the disk."""


class AdapterUnfit(ModelError):
    """The LoRA adapter is for another architecture than the model's."""


class ModelServerFailed(ModelError):
    """The model server in the settings cannot be reached, hangs, or returns nonsense."""


class ModelDamaged(ModelError):
    """The model file is not a complete GGUF file, or has another hash than expected."""


class ModelCrashed(ModelError):
    """The process that tried the model died: the model or llama.cpp does not suit this machine."""


class ModelBackendMissing(ModelError):
    """A model is configured, and llama-cpp-python is not installed."""


class ContextTooSmall(ModelError):
    """Not even one passage fits into the model's context together with the question."""


class GenerationFailed(ModelError):
    """The model stopped with an error while it was writing."""
