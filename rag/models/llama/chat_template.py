"""The chat template of a model file, rendered in a sandbox.

The template is code that came with the model: it runs in Jinja's immutable sandbox (no attributes of
Python objects, no changes to what it is given) and sees only the messages. Two things differ from
what a chat program does. The day is fixed, for the same question asked again must give the same prompt.
And thinking is switched off where a template knows how, for on a processor it costs minutes.
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


class Turn(TypedDict):
    """One message as templates expect it; `role` is system, user or assistant."""

    role: str
    content: str


class _GenerationTag(Extension):
    """Training marks what the model wrote with `{% generation %}`; for us it is plain text."""

    tags = {"generation"}  # noqa: RUF012 (declared so by Jinja)

    def parse(self, parser: Parser) -> list[Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class ChatTemplate:
    """Turns to prompt text. Without a template they are written plainly, as base models understand them:
    the system text first, then `User:` and `Assistant:` before what each said.
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
        """Texts at which an answer ends besides the model's own end marks."""
        return () if self._template else ("\nUser:", "\nAssistant:")

    def render(self, turns: Sequence[Turn]) -> str:
        """The prompt, up to where the model continues. Raises GenerationFailed when the template refuses.

        Many templates know no system role, or want user and assistant in turn: then the system text
        opens the first user turn, and neighbours of one role are joined.
        """
        if self._template is None:
            return _plainly(turns)
        try:
            return self._rendered(turns)
        except _Refused:
            pass
        try:
            return self._rendered(_folded(turns))
        except _Refused as error:
            raise GenerationFailed(
                f"The chat template of the model refuses the conversation: {error}. Use another model file."
            ) from error

    def _rendered(self, turns: Sequence[Turn]) -> str:
        assert self._template is not None
        try:
            return self._template.render(
                messages=[dict(turn) for turn in turns],
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
    pass


def _raise(message: str) -> NoReturn:
    raise TemplateError(message)


def _as_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _folded(turns: Sequence[Turn]) -> list[Turn]:
    """The turns without a system role and without two of one role in a row."""
    folded: list[Turn] = []
    for turn in turns:
        role = "user" if turn["role"] == "system" else turn["role"]
        if folded and folded[-1]["role"] == role:
            folded[-1] = Turn(role=role, content=f"{folded[-1]['content']}\n\n{turn['content']}")
        else:
            folded.append(Turn(role=role, content=turn["content"]))
    return folded


def _plainly(turns: Sequence[Turn]) -> str:
    names = {"user": "User: ", "assistant": "Assistant: "}
    return "\n\n".join(names.get(turn["role"], "") + turn["content"] for turn in turns) + "\n\nAssistant:"
