from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.structure.inside import within_limits
from ingest.parsed.document import Attachment
from ingest.parsed.limits import ParseLimits
from vault.records import Unread


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(1, 8), st.integers(1, 100))
def test_every_file_is_taken_out_within_the_limits_or_named(sizes: list[int], count: int, most: int) -> None:
    files = [Attachment(f"file {number}", bytes(size)) for number, size in enumerate(sizes)]
    unread: list[Unread] = []
    kept = list(within_limits(files, ParseLimits(attachments=count, attachment_bytes=most), unread))
    assert len(kept) <= count
    assert sum(len(file.content) for file in kept) <= most
    named = [one.what for one in unread]
    assert [file for file in files if f"File {file.name!r}" not in named] == kept
    assert len(kept) + len(named) == len(files)


def test_what_is_left_out_is_named_by_the_words_of_its_format() -> None:
    unread: list[Unread] = []
    limits = ParseLimits(attachments=1, attachment_bytes=3)
    list(within_limits([Attachment("plan", b"1234")], limits, unread, what="Attachment", why="Too much."))
    assert [str(one) for one in unread] == ["Attachment 'plan': Too much."]
