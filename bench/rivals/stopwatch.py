"""What every pipeline reports of one run, measured in the same way. Standard library only: it is imported in
the environments of the rivals too."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Order:
    """What a pipeline is asked for: the files, the embedding model's folder, a folder to work in."""

    files: list[Path]
    model: Path
    work: Path

    @classmethod
    def given(cls) -> Order:
        """From the JSON file that the command line names."""
        told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        return cls([Path(name) for name in told["files"]], Path(told["model"]), Path(told["work"]))


@dataclass(slots=True)
class Result:
    """One run of one pipeline."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    read: list[str] = field(default_factory=list)
    """Names of the files that gave text."""
    unread: dict[str, str] = field(default_factory=dict)
    """Names of those that gave none, each with the reason."""

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Clock and processor seconds of the block, of its child processes too.

        Imports and the loading of the model stand outside of it, for everyone.
        """
        started, cpu = time.monotonic(), processor_seconds()
        yield
        self.seconds = time.monotonic() - started
        self.cpu_seconds = processor_seconds() - cpu

    def write(self, order: Order, texts: list[str], **more: object) -> None:
        """Leave the result, and the texts that were handed to the embedding model, in the working folder."""
        (order.work / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        facts = {
            "seconds": self.seconds,
            "cpu_seconds": self.cpu_seconds,
            "read": self.read,
            "unread": self.unread,
            **more,
        }
        (order.work / "result.json").write_text(json.dumps(facts), encoding="utf-8")


def processor_seconds() -> float:
    """Used so far by this process and by those of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
