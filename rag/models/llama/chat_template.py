"""The chat template of a model file, rendered in a sandbox.

The template is code that came with the model. It runs in Jinja's immutable sandbox (no attributes of Python
objects, no changes to its arguments) and sees only the messages. Two things differ from a chat program: the
date is fixed, because the same question must give the same prompt; and thinking is off if the template can
switch it off, because without a GPU it takes minutes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn, TypedDict

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.ext import Extension, loopcontrols
from jinja2.nodes import Node
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vault.errors import GenerationFailed, ModelDamaged

_DAY = datetime(2024, 1, 1)


class ChatMessage(TypedDict):
    """One message as templates expect it; `role` is "system", "user" or "assistant"."""

    role: str
    content: str


class _GenerationTag(Extension):
    """Renders the content of `{% generation %}`, a tag that is needed for training only."""

    tags = {"generation"}  # noqa: RUF012 (declared so by Jinja)

    def parse(self, parser: Parser) -> list[Node]:
        """Return the nodes inside the tag."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class ChatTemplate:
    """Renders messages as the text of a prompt.

    Without a template it writes them as base models understand them: the system text first, then each message
    after `User:` or `Assistant:`.
    """

    def __init__(self, source: str | None, *, bos: str, eos: str) -> None:
        """`bos` and `eos` are the texts of the model's special tokens. Raises ModelDamaged."""
        self._bos, self._eos = bos, eos
        self._template = None
        if source is None:
            return
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=[_GenerationTag, loopcontrols]
        )
        environment.filters["tojson"] = _as_json
        try:
            self._template = environment.from_string(source)
        except TemplateSyntaxError as error:
            raise ModelDamaged(
                f"The chat template in the model file is not valid (line {error.lineno}). "
                "Use another conversion of the model."
            ) from error

    @property
    def stops(self) -> tuple[str, ...]:
        """Texts that end an answer, besides the model's own end tokens."""
        return () if self._template else ("\nUser:", "\nAssistant:")

    def render(self, messages: Sequence[ChatMessage]) -> str:
        """Return the prompt, up to where the model continues. Raises GenerationFailed when the template
        refuses.

        Many templates have no system role, or require that user and assistant alternate. Then the system text
        opens the first user message, and neighbouring messages of one role are joined.
        """
        if self._template is None:
            return _plain_prompt(messages)
        try:
            return self._render(messages)
        except _Refused:
            pass
        try:
            return self._render(_alternating(messages))
        except _Refused as error:
            raise GenerationFailed(
                f"The chat template of the model refuses the conversation: {error}. Use another model file."
            ) from error

    def _render(self, messages: Sequence[ChatMessage]) -> str:
        assert self._template is not None
        try:
            return self._template.render(
                messages=[dict(message) for message in messages],
                bos_token=self._bos,
                eos_token=self._eos,
                add_generation_prompt=True,
                enable_thinking=False,
                raise_exception=_raise,
                strftime_now=_DAY.strftime,
                tools=None,
                documents=None,
            )
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise _Refused(str(error)) from error


class _Refused(Exception):
    """The template does not accept the messages."""


def _raise(message: str) -> NoReturn:
    raise TemplateError(message)


def _as_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _alternating(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Return the messages without a system role and without two messages of one role in a row."""
    found: list[ChatMessage] = []
    for message in messages:
        role = "user" if message["role"] == "system" else message["role"]
        if found and found[-1]["role"] == role:
            content = f"{found[-1]['content']}\n\n{message['content']}"
            found[-1] = ChatMessage(role=role, content=content)
        else:
            found.append(ChatMessage(role=role, content=message["content"]))
    return found


def _plain_prompt(messages: Sequence[ChatMessage]) -> str:
    names = {"user": "User: ", "assistant": "Assistant: "}
    texts = [names.get(message["role"], "") + message["content"] for message in messages]
    return "\n\n".join(texts) + "\n\nAssistant:"
