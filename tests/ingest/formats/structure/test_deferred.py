"""Large libraries that another library imports for nothing are not run, and our own tokenizer stands in."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.structure.tokens import Tokenizer


def test_no_language_library_runs_while_documents_are_read() -> None:
    code = (
        "import sys; from ingest.formats import FileType, prepare; prepare()\n"
        "for kind in (FileType.HTML, FileType.DOCX, FileType.PPTX): prepare(kind)\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"unstructured.partition.html", "unstructured.partition.docx", "spacy"} <= loaded
    assert not {"spacy.language", "thinc", "iso639.language"} & loaded


def test_what_is_deferred_runs_when_it_is_used() -> None:
    code = (
        "import sys\nfrom ingest.formats.structure.deferred import Deferred\n"
        "with Deferred('colorsys'):\n    import colorsys\n"
        "assert 'hls_to_rgb' not in object.__getattribute__(colorsys, '__dict__')\n"
        "print(colorsys.hls_to_rgb(0, 1, 0)[0], any(isinstance(one, Deferred) for one in sys.meta_path))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]


def test_words_marks_and_sentences_are_told_apart() -> None:
    parts = Tokenizer()('The dose is 5.9 mg. Is it? "Yes." So be it')
    assert [token.text for token in parts][:7] == ["The", "dose", "is", "5", ".", "9", "mg"]
    assert [one.text for one in parts.sents] == ["The dose is 5.9 mg.", "Is it?", '"Yes."', "So be it"]


@given(st.text())
def test_no_word_is_lost_between_sentences(text: str) -> None:
    parts = Tokenizer()(text)
    assert "".join("".join(one.text for one in parts.sents).split()) == "".join(text.split())
