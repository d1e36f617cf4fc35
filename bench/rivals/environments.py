"""The virtual environments of the rivals: what is in each, made when it is missing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_TORCH = "torch==2.13.0"


@dataclass(frozen=True, slots=True)
class Rival:
    """A pipeline and the packages that it needs."""

    module: str
    packages: tuple[str, ...]


RIVALS = {
    "LangChain": Rival(
        "bench.rivals.langchain_quickstart",
        (
            "langchain-community",
            "langchain-chroma",
            "langchain-huggingface",
            "sentence-transformers",
            "langchain-text-splitters",
            "pypdf",
            "docx2txt",
            "beautifulsoup4",
            "unstructured[pptx,xlsx]",
        ),
    ),
    "LlamaIndex": Rival(
        "bench.rivals.llamaindex_quickstart",
        (
            "llama-index-core",
            "llama-index-readers-file",
            "llama-index-embeddings-huggingface",
            "docx2txt",
            "python-pptx",
            "openpyxl",
        ),
    ),
    "Haystack": Rival(
        "bench.rivals.haystack_quickstart",
        (
            "haystack-ai==2.31.0",  # later ones have no embedder of their own
            "sentence-transformers",
            "pypdf",
            "python-docx",
            "python-pptx",
            "openpyxl",
            "tabulate",
            "trafilatura",
            "lxml_html_clean",
            "markdown-it-py",
            "mdit_plain",
            "pandas",
        ),
    ),
}


def python_of(name: str, folder: Path) -> Path:
    """The rival's Python; its environment is made first when it is missing. Raises CalledProcessError."""
    environment = folder.absolute() / name.lower()
    python = environment / "bin" / "python"
    whole = environment / ".whole"
    if not whole.exists():
        print(f"making an environment for {name}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet"]
        # torch by itself and first: left open, it would bring gigabytes for graphics cards.
        subprocess.run([*pip, _TORCH], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        packages = [_TORCH, *RIVALS[name].packages]
        subprocess.run([*pip, *packages], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        whole.touch()
    return python
