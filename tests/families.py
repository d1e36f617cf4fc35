"""The families of open models as far as they differ for us: architecture, and the shape of the chat template.

The templates are written here in the families' shape, with our tiny vocabulary's marks in place of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

_END = "<|end|>"


@dataclass(frozen=True)
class Family:
    """How to write a tiny model of it."""

    architecture: str
    template: str | None
    """None: the model has none and is spoken to plainly."""
    system: bool = True
    """Whether the template takes a system role."""


_LLAMA = (
    "{{ bos_token }}{% for m in messages %}<|{{ m['role'] }}|>\n\n{{ m['content'] | trim }}" + _END
    + "{% endfor %}{% if add_generation_prompt %}<|assistant|>\n\n{% endif %}"
)  # fmt: skip
_MISTRAL = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}"
    "{% set system = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% endif %}"
    "{% for m in loop_messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('conversation roles must alternate') }}{% endif %}{% if m['role'] == 'user' %}"
    "{% if loop.last and system is defined %}[INST] {{ system }}\n\n{{ m['content'] }} [/INST]"
    "{% else %}[INST] {{ m['content'] }} [/INST]{% endif %}"
    "{% else %} {{ m['content'] }}{{ eos_token }}{% endif %}"
    "{% endfor %}"
)
_PHI = (
    "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}" + _END + "\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% else %}{{ eos_token }}{% endif %}"
)
_QWEN = (
    "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}" + _END + "\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n"
    "{% if enable_thinking is defined and enable_thinking is false %}"
    "<think>\n\n</think>\n\n{% endif %}{% endif %}"
)
_GEMMA = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate') }}{% endif %}"
    "<|{{ 'assistant' if m['role'] == 'assistant' else 'user' }}|>\n{{ m['content'] | trim }}" + _END + "\n"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)

FAMILIES = {
    "Llama": Family("llama", _LLAMA),
    "Mistral": Family("llama", _MISTRAL),
    "Falcon": Family("falcon", None),
    "Falcon 3": Family("llama", _LLAMA),
    "Phi-2": Family("phi2", None),
    "Phi-3": Family("phi3", _PHI),
    "Qwen2.5": Family("qwen2", _QWEN),
    "Qwen3": Family("qwen3", _QWEN),
    "Gemma 2": Family("gemma2", _GEMMA, system=False),
}
TIED = "Gemma 2"
"""Its output is its embedding, so that a tiny one cannot be made to say a text: it writes at random."""
