"""Files from the test suites of other projects: each is parsed or refused with a reason."""

from __future__ import annotations

import pytest

from ingest.parsed.limits import ParseLimits
from ingest.parsing.parser import Parser
from tests.places import SHARED
from tests.waiting import PATIENCE
from vault.errors import ParseError, ParserCrashed, ParserTimeout

DOCUMENTS = SHARED / "documents"
SAMPLE = 25


@pytest.mark.long
@pytest.mark.shared
def test_a_sample_of_strange_files_is_parsed_or_refused_with_a_reason() -> None:
    if not DOCUMENTS.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    paths = sorted(path for path in DOCUMENTS.rglob("*") if path.is_file())
    parsed = 0
    with Parser(ParseLimits(seconds=PATIENCE)) as parser:
        for path in paths[:: max(1, len(paths) // SAMPLE)]:
            try:
                document = parser.parse(path)
            except (ParserCrashed, ParserTimeout) as error:
                pytest.fail(f"{path.name}: {error}")
            except ParseError as error:
                assert str(error).endswith("."), path.name
            else:
                parsed += bool(document.pages)
    assert parsed > SAMPLE // 2
