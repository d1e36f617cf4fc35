"""A model server of your own (vLLM, llama-server, Ollama) as the backend of a model writer.

It is reached only by OpenAI's protocol: through no proxy and at no other address. The guard of
`vault.process.egress` refuses every host except this machine and the allowed ones.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Mapping, Sequence
from threading import Event as Cancel
from urllib.parse import urlsplit

import httpx
from langchain_core.messages import BaseMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from rag.events import ModelUsed
from vault.errors import ModelServerFailed
from vault.process.egress import is_allowed
from vault.settings import Settings

_CONNECT_SECONDS = 10.0
_POLL_SECONDS = 0.05
"""How often the caller's cancel event is checked."""
_BYTES_PER_TOKEN = 3
"""Less than usual tokenizers need for the languages of our documents, so the count is rather too high: a
prompt is never too long for the server because of it."""
_MESSAGE_TOKENS = 16
"""For the template around a message."""


class ServerModel:
    """A `ModelBackend` at the address of the settings."""

    def __init__(self, settings: Settings) -> None:
        """Raises ModelServerFailed for an address that is not valid, or not allowed."""
        self._settings = settings
        self._url = settings.model_server.rstrip("/")
        host = urlsplit(self._url).hostname
        if urlsplit(self._url).scheme not in ("http", "https") or not host:
            raise ModelServerFailed(
                f"INCAMERA_MODEL_SERVER is {settings.model_server!r} and should be an address such as "
                "http://10.0.0.5:8000/v1."
            )
        if not is_allowed(host):
            raise ModelServerFailed(
                f"The model server {host!r} is not in INCAMERA_ALLOWED_HOSTS. Add it there if it is your own."
            )
        self._http = httpx.Client(
            timeout=httpx.Timeout(settings.model_seconds, connect=_CONNECT_SECONDS),
            trust_env=False,
            follow_redirects=False,
        )
        self._name = settings.model_server_name

    @property
    def used(self) -> ModelUsed:
        """The model's name on the server; its hash is not known here."""
        return ModelUsed(self._name or self._find_name(), "")

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parameters of generation."""
        return {
            "server": self._url, "model": self.used.name, "context_length": self.context_length,
            "seed": self._settings.model_seed, "temperature": self._settings.model_temperature,
            "max_tokens": self.max_tokens,
        }  # fmt: skip

    @property
    def context_length(self) -> int:
        """Tokens, from the settings: the protocol does not report them."""
        return self._settings.model_context

    @property
    def reading_speed(self) -> None:
        """Not known: the server may be busy with others."""
        return None

    @property
    def max_tokens(self) -> int:
        """Longest answer, in tokens."""
        return self._settings.model_max_tokens

    def count(self, messages: list[BaseMessage]) -> int:
        """Return how many tokens a whole prompt has, rather too many than too few."""
        return sum(len(message.text.encode()) // _BYTES_PER_TOKEN + _MESSAGE_TOKENS for message in messages)

    def stream(
        self,
        messages: Sequence[BaseMessage],
        cancel: Cancel | None,
        grammar: str | None = None,  # noqa: ARG002 (OpenAI's protocol has none)
    ) -> Generator[str, None, None]:
        """Yield the answer in pieces; the grammar is not used.

        Setting `cancel` ends it even if the server hangs. Raises ModelServerFailed.
        """
        pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        receiver = threading.Thread(target=self._receive, args=(list(messages), pieces, cancel), daemon=True)
        receiver.start()
        empty = True
        while cancel is None or not cancel.is_set():
            try:
                piece = pieces.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if piece is None:
                break
            if isinstance(piece, Exception):
                raise self._failed(piece) from piece
            empty = empty and not piece
            yield piece
        if empty and not (cancel is not None and cancel.is_set()):
            raise ModelServerFailed(f"The model server {self._url} sent an empty answer. Check its log.")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _receive(
        self,
        messages: list[BaseMessage],
        pieces: queue.SimpleQueue[str | Exception | None],
        cancel: Cancel | None,
    ) -> None:
        """Put the pieces of the answer into the queue, then None, or the exception that ended it."""
        try:
            for chunk in self._chat().stream(messages):
                if cancel is not None and cancel.is_set():
                    return
                pieces.put(str(chunk.text))
            pieces.put(None)
        except Exception as error:  # a foreign server may make the client raise anything
            pieces.put(error)

    def _chat(self) -> ChatOpenAI:
        return ChatOpenAI(
            model=self.used.name,
            base_url=self._url,
            api_key=SecretStr("none"),
            http_client=self._http,
            max_retries=0,
            seed=self._settings.model_seed,
            temperature=self._settings.model_temperature,
            max_completion_tokens=self.max_tokens,
        )

    def _find_name(self) -> str:
        """Return the name of the first model that the server lists."""
        try:
            answer = self._http.get(f"{self._url}/models", timeout=_CONNECT_SECONDS)
            self._name = str(answer.raise_for_status().json()["data"][0]["id"])
        except (httpx.HTTPError, OSError, ValueError, LookupError, TypeError) as error:
            raise self._failed(error) from error
        return self._name

    def _failed(self, error: Exception) -> ModelServerFailed:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        return ModelServerFailed(
            f"The model server {self._url} failed: {reason} Check that it runs and has the "
            "model, or run without it."
        )
