"""All settings in one typed object. `docs/settings.md` is generated from the descriptions here."""

from __future__ import annotations

import logging
import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from vault.errors import SettingsError
from vault.settings_serving import ServingSettings
from vault.settings_signing_in import SignInSettings

_log = logging.getLogger(__name__)
FORMER_NAMES = {
    "INCAMERA_READER_SECONDS": "parser_seconds",
    "INCAMERA_READER_MEMORY_MB": "parser_memory_mb",
    "INCAMERA_READER_PROCESSES": "parser_processes",
}
"""Variables of earlier versions that still work, with the setting that each of them sets."""


class Settings(SignInSettings, ServingSettings):
    """The settings, read from `INCAMERA_*` environment variables. Arguments override them."""

    model_config = SettingsConfigDict(env_prefix="INCAMERA_", frozen=True, protected_namespaces=())

    data: Path = Field(
        default_factory=lambda: user_data_path("incamera", appauthor=False),
        description="The data folder: the vault with everything in it.",
    )
    user: str = Field(
        default="local",
        min_length=1,
        description="The user of the command line and of the local page.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts besides this machine that Incamera may connect to, as a JSON list; default: none.",
    )
    key_file: Path | None = Field(
        default=None,
        description="File with the key of an encrypted vault, or with its passphrase. By default the key is "
        "looked for where it was made, and the passphrase is asked for.",
    )
    key_credential: str = Field(
        default="incamera-key",
        description="Name of the credential with the key or passphrase that the service manager gives to "
        "`incamera serve` (systemd: `LoadCredential=incamera-key:/path`).",
    )
    sealed: bool = Field(
        default=True,
        description="In an encrypted vault, keep the indexes of vectors in memory only. False: on the disk, "
        "not encrypted, which saves memory in collections of some 100,000 chunks.",
    )
    threads: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Threads for embedding and for the language model; by default, the number of cores.",
    )
    embedder_backend: Literal["openvino", "torch"] = Field(
        default="openvino",
        description="The library that runs the embedding model. Both give the same vectors to about 4 "
        "decimals; openvino is several times faster and needs no torch once its copy of the model is made.",
    )
    reader: Literal["on", "off"] = Field(
        default="on",
        description="Whether the reader, a small model of our own, reads the passages that a search found: "
        "it moves those that answer to the top, marks the words that answer, and helps to decide 'not "
        "found'. off: the search alone decides, which is faster and much less often right on contracts "
        "(figures: docs/reader.md).",
    )
    chunk_tokens: int = Field(
        default=256,
        ge=32,
        le=256,
        description="Most tokens of a chunk with its title and headings, by the embedder's tokenizer.",
    )
    parser_seconds: float = Field(
        default=120.0,
        gt=0,
        description="Most seconds to parse one file; each page with text recognition adds 20.",
    )
    parser_memory_mb: int = Field(
        default=3072, ge=512, description="Most memory (address space) of a parser, in MiB."
    )
    parser_processes: int = Field(
        default=1, ge=1, description="How many parsers run at the same time, beside the embedder."
    )
    sandbox: Literal["best", "required"] = Field(
        default="best",
        description="How strictly the parser must be confined. `incamera status` shows what this system can "
        "deny it: network, sockets, other files and their permissions, processes, programs. best: everything "
        "that the system can deny; required: no file is parsed unless the system can deny all of it.",
    )
    upload_file_mb: int = Field(
        default=512, ge=1, description="Most MiB of one file that is uploaded in the page."
    )
    upload_total_mb: int = Field(
        default=10_240, ge=1, description="Most MiB of all files that are uploaded in the page at once."
    )
    candidates: int = Field(
        default=50,
        ge=1,
        description="How many chunks each of the two indexes finds before the results are merged.",
    )
    passages: int = Field(default=12, ge=1, description="How many passages are searched for evidence.")
    evidence_sentences: int = Field(default=6, ge=1, description="Most evidence sentences that are shown.")
    quoted_sentences: int = Field(
        default=3, ge=1, description="Most sentences of a quoted answer (without a language model)."
    )
    abstain_below: float = Field(
        default=0.35,
        ge=0,
        le=1,
        description="Evidence with a lower score is not used as an answer: the outcome is 'not sure' or 'not "
        "found' instead. 0 never abstains. On our development sets, 0.35 abstains from 1 to 22 % of the "
        "questions with an answer and from 12 to 34 % of those without; 0.3 from about 0 to 5 % and 2 to "
        "27 %; 0.4 from about 2 to 23 % and 21 to 56 %.",
    )
    not_found_below: float = Field(
        default=0.25,
        ge=0,
        le=1,
        description="Evidence with a lower score does not concern the question: the outcome is 'not found'. "
        "From here up to INCAMERA_ABSTAIN_BELOW it is 'not sure: read these', with what was found. On our "
        "development sets, none of 93 questions with an answer is below 0.25, and 3 to 6 %, set by set, are "
        "below 0.3; of those without an answer, 7 to 54 % are below 0.25. 0 never gives 'not found' when "
        "anything was found.",
    )
    model: Path | Literal["off"] | None = Field(
        default=None,
        description="A GGUF file of a chat model, which answers in place of those that were chosen "
        "(`incamera models use`) and of the built-in one; `off`: no model, answers are quotations.",
    )
    model_reads: Literal["fitting", "short", "sentences", "passages", "sections"] = Field(
        default="fitting",
        description="What the language model reads: `short`, numbered sentences of the evidence with their "
        "headings, at most 400 tokens; the evidence `sentences` with their neighbours; complete `passages`; "
        "`sections`, passages with the text around them under the same heading. `fitting`: short for small "
        "models and those that read slowly, passages for others.",
    )
    model_direct: Literal["never", "missing", "agreeing", "always"] = Field(
        default="agreeing",
        description="When the first checked sentence of the language model is shown as the direct answer, "
        "where no value, list or row is asked for: `missing`, only where there is no other; `agreeing`, also "
        "in the place of words that it says too; `always`, in the place of any words.",
    )
    model_grammar: bool = Field(
        default=False,
        description="Force the model to write only sentences, each with the number of a passage. Off by "
        "default, because the model then cannot quote words in brackets, and models that think aloud fail.",
    )
    model_seconds: int = Field(
        default=300,
        ge=1,
        description="Most seconds to write an answer; then writing is stopped.",
    )
    model_hang_seconds: int = Field(
        default=60,
        ge=1,
        description="Seconds without any progress after which the process of the language model is ended. "
        "A slow machine counts as progress, a process that stands still does not.",
    )
    model_idle_seconds: int = Field(
        default=900, ge=1, description="Seconds after which a model that is not used is unloaded."
    )
    model_server: str = Field(
        default="",
        description="Address of a model server of your own with OpenAI's protocol, such as "
        "`http://10.0.0.5:8000/v1`. It is used instead of a model on this machine. Its host must be in "
        "INCAMERA_ALLOWED_HOSTS unless it is this machine.",
    )
    model_server_name: str = Field(
        default="", description="The name of the model on that server; by default, the first in its list."
    )
    model_context: int = Field(
        default=4096, ge=256, description="Context length of the language model, in tokens."
    )
    model_max_tokens: int = Field(default=400, ge=1, description="Most tokens of a generated answer.")
    model_temperature: float = Field(
        default=0.0, ge=0, le=2, description="Sampling temperature; 0 gives the same answer every time."
    )
    model_seed: int = Field(default=1, ge=1, description="Seed of the sampler.")
    wait_seconds: int = Field(
        default=3600,
        ge=0,
        description="Most seconds that a command waits for a process that owns the vault and accepts no "
        "requests, such as another short command or a server that starts; 0: it does not wait. A process "
        "that adds files accepts requests; the next `incamera ingest` waits for it as long as it takes.",
    )
    port: int = Field(default=8765, ge=1, le=65535, description="Port of the web page.")
    log_key_file: Path | None = Field(
        default=None,
        description="The file of the key that seals the log; it is made if it is not there. By default it is "
        "`log.key` in the data folder, where it finds mistakes and strangers. Outside of that folder it also "
        "finds who can write the data folder and cannot read the key (docs/administration.md).",
    )
    log_content: Literal["kept", "hashes"] = Field(
        default="kept",
        description="Whether the log keeps words, such as a question that failed, a term that was searched "
        "for and the names of files; `hashes`: only a keyed hash of them. Then records of answers keep their "
        "words only as long as an open conversation shows them or the answer is approved for training.",
    )

    @field_validator("data", mode="before")
    @classmethod
    def _is_named(cls, value: object) -> object:
        """Refuse an empty variable: a path that is empty is the present folder, which nobody meant."""
        if isinstance(value, str) and not value.strip():
            raise ValueError("must name a folder; unset it to use the usual one")
        return value

    @field_validator("model", "key_file", "log_key_file", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        """Take an empty variable for none: a path that is empty would be the present folder."""
        return None if value == "" else value

    @property
    def model_file(self) -> Path | None:
        """The file that `model` names; None if it names none."""
        return self.model if isinstance(self.model, Path) else None

    @classmethod
    def load(cls, **overrides: object) -> Settings:
        """Return the settings of this process. `overrides` that are None are ignored.

        Raises SettingsError, which names the variable, its value and what it must be.
        """
        given = {name: value for name, value in overrides.items() if value is not None}
        try:
            return cls(**{**_formerly_named(), **given})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]).upper()
            raise SettingsError(
                f"INCAMERA_{name} is {first['input']!r}: {first['msg'].lower()}. See docs/settings.md."
            ) from error


def _formerly_named() -> dict[str, str]:
    """Return the settings that are set by a former name only."""
    found = {}
    for former, name in FORMER_NAMES.items():
        current = f"INCAMERA_{name.upper()}"
        if former in os.environ and current not in os.environ:
            found[name] = os.environ[former]
            _warn_once(former, current)
    return found


@cache
def _warn_once(former: str, current: str) -> None:
    _log.warning("%s is now called %s; the old name still works.", former, current)
