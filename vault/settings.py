"""All settings, in one typed object. `docs/settings.md` is generated from the descriptions here."""

from __future__ import annotations

import json
import logging
import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from vault.errors import SettingsError

_log = logging.getLogger(__name__)
FORMER_NAMES = {
    "INCAMERA_READER_SECONDS": "parser_seconds",
    "INCAMERA_READER_MEMORY_MB": "parser_memory_mb",
    "INCAMERA_READER_PROCESSES": "parser_processes",
}
"""Variables of earlier versions that still work, and the setting that each is now."""


class Settings(BaseSettings):
    """Read from `INCAMERA_*` environment variables; arguments override them."""

    model_config = SettingsConfigDict(env_prefix="INCAMERA_", frozen=True, protected_namespaces=())

    data: Path = Field(
        default_factory=lambda: user_data_path("incamera", appauthor=False),
        description="The data folder: the vault with everything in it.",
    )
    user: str = Field(
        default="local",
        min_length=1,
        description="The user in whose name the command line and the local page act.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts besides this machine that may be reached, as a JSON list; none by default.",
    )
    threads: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Threads for embedding and for the language model; default: the cores of the machine.",
    )
    embedder_backend: Literal["openvino", "torch"] = Field(
        default="openvino",
        description="What runs the embedding model. Both give the same vectors to about 4 decimals; "
        "openvino is several times faster and needs no torch once its copy of the model is made.",
    )
    reader: Literal["on", "off"] = Field(
        default="on",
        description="Whether the reader, a small model of our own, reads what a search found: it puts what "
        "answers first, points at the words, and has a say in 'not found'. off: the search alone decides, "
        "which is faster and much less often right on contracts (docs/reader.md has the figures).",
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
        description="Most seconds to read one file; each page whose words are recognised adds 20.",
    )
    parser_memory_mb: int = Field(
        default=3072, ge=512, description="Most memory (address space) of a parser, in MiB."
    )
    parser_processes: int = Field(
        default=1, ge=1, description="Processes that read files at the same time, beside the embedder."
    )
    sandbox: Literal["best", "required"] = Field(
        default="best",
        description="How the parser must be shut in. `incamera status` tells what this "
        "system refuses to it: network, sockets, other files and their permissions, processes, programs. "
        "best: with whatever is refused; required: no file is read unless all of it is.",
    )
    upload_file_mb: int = Field(
        default=512, ge=1, description="Most MiB of one file that is added in the page."
    )
    upload_total_mb: int = Field(
        default=10_240, ge=1, description="Most MiB of all files that are added in the page at once."
    )
    candidates: int = Field(
        default=50, ge=1, description="Chunks taken from each of the two indexes before they are fused."
    )
    passages: int = Field(default=12, ge=1, description="Passages that evidence is looked for in.")
    evidence_sentences: int = Field(default=6, ge=1, description="Evidence sentences shown, at most.")
    quoted_sentences: int = Field(
        default=3, ge=1, description="Sentences of an answer that is quoted (no language model), at most."
    )
    abstain_below: float = Field(
        default=0.35,
        ge=0,
        le=1,
        description="Evidence scored below this is no answer: 'not sure' or 'not found' is said instead. 0 "
        "never abstains. "
        "Of our development questions 1 to 22 % with an answer are refused at 0.35, set by set, and 12 to "
        "34 % of those without; at 0.3 about 0 to 5 % and 2 to 27 %, at 0.4 about 2 to 23 % and 21 to 56 %.",
    )
    not_found_below: float = Field(
        default=0.25,
        ge=0,
        le=1,
        description="Evidence scored below this does not bear on the question: 'not found' is said, and from "
        "here up to INCAMERA_ABSTAIN_BELOW 'not sure: read these' with what was found. Of 93 development "
        "questions with an answer none is below 0.25, and 3 to 6 %, set by set, are below 0.3; of those "
        "without one 7 to 54 % are below 0.25. 0 never says 'not found' where anything was found.",
    )
    model: Path | None = Field(
        default=None, description="A GGUF file of a chat model. Without one, answers are quotations."
    )
    model_reads: Literal["sentences", "passages", "sections"] = Field(
        default="passages",
        description="What the language model reads: the evidence `sentences` with their neighbours, whole "
        "`passages`, or `sections`: passages with what stands around them under the same heading.",
    )
    model_grammar: bool = Field(
        default=False,
        description="Let the model write nothing but sentences with the number of a passage each. Off by "
        "default: words in brackets in a document cannot be quoted then, and models that think aloud fail.",
    )
    model_seconds: int = Field(
        default=300,
        ge=1,
        description="Longest time in seconds that an answer is written; then it is stopped.",
    )
    model_idle_seconds: int = Field(
        default=900, ge=1, description="Time in seconds after which a model that nobody asks is unloaded."
    )
    model_server: str = Field(
        default="",
        description="Address of a model server of the house that speaks OpenAI's protocol, such as "
        "`http://10.0.0.5:8000/v1`; it stands in the place of a model in this process. Its host must be in "
        "INCAMERA_ALLOWED_HOSTS unless it is this machine.",
    )
    model_server_name: str = Field(
        default="", description="The name of the model at that server; without one, the first that it lists."
    )
    model_context: int = Field(
        default=4096, ge=256, description="Context length of the language model, in tokens."
    )
    model_max_tokens: int = Field(default=400, ge=1, description="Most tokens of a generated answer.")
    model_temperature: float = Field(
        default=0.0, ge=0, le=2, description="Sampling temperature; 0 gives the same answer every time."
    )
    model_seed: int = Field(default=1, ge=1, description="Seed of the sampler.")
    port: int = Field(default=8765, ge=1, le=65535, description="Port of the web page.")
    session_hours: float = Field(
        default=72.0,
        gt=0,
        description="Hours after which a browser that was not used is signed out and needs a new link; a "
        "weekend by default. Signing out on the page ends it at once, `incamera serve --sign-out` for every "
        "browser.",
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _from_json(cls, value: object) -> object:
        """Decoded here, so that what is no JSON is reported like every other bad value."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError('must be a JSON list such as ["10.0.0.5"]') from None

    @classmethod
    def load(cls, **overrides: object) -> Settings:
        """The settings of this process.

        Raises SettingsError naming the variable, its value and what it must be.
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
    """Settings that are given by a former name and not by the present one."""
    found = {}
    for former, name in FORMER_NAMES.items():
        present = f"INCAMERA_{name.upper()}"
        if former in os.environ and present not in os.environ:
            found[name] = os.environ[former]
            _say_once(former, present)
    return found


@cache
def _say_once(former: str, present: str) -> None:
    _log.warning("%s is now called %s; the old name still works.", former, present)
