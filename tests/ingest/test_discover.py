"""Which files are found under the given paths."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.discover import discover
from tests.file_modes import obey_file_modes
from tests.places import ROOT
from vault.errors import PathNotFound


def names(*paths: Path, follow_links: bool = False) -> list[str]:
    """The names of the files that are found, in order."""
    return [source.name for source in discover(paths, follow_links=follow_links).sources]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with a file, beside a folder "private" with another file."""
    for name in ("inbox", "private"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
    return tmp_path / "inbox"


def test_files_under_a_folder_are_listed_in_order_and_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/m.txt"):
        (tmp_path / name).write_text("x")
    assert names(tmp_path, tmp_path / "a.txt") == ["a.txt", "z.txt", "m.txt"]


def test_a_line_break_in_a_name_is_written_out(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text("x")
    (found,) = discover([tmp_path]).sources
    assert found.name == "a\\x0ab.txt"
    assert found.path == f"{tmp_path}/a\\x0ab.txt"
    assert found.file.read_text() == "x"


def test_hidden_files_and_lock_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".DS_Store", "~$lease.docx", ".git/config", "Thumbs.db", "kept.txt"):
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["kept.txt"]


def test_a_path_that_does_not_exist_stops_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(PathNotFound, match="nowhere"):
        discover([tmp_path / "a.txt", tmp_path / "nowhere"])


def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "missing")
    (source,) = discover([tmp_path]).sources
    assert "link leads nowhere" in str(source.problem)


def test_a_pipe_is_reported_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (source,) = discover([tmp_path]).sources
    assert "not a regular file" in str(source.problem)


def test_links_that_lead_out_of_the_folder_are_left_out_and_named(inbox: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    (inbox / "a-file").symlink_to(private / "private.txt")
    (inbox / "a-folder").symlink_to(private)
    (inbox / "through").symlink_to(inbox / "a-file")
    (inbox / "gone").symlink_to(private / "missing")
    found = discover([inbox])
    assert [source.name for source in found.sources] == ["inbox.txt"]
    assert {Path(link.path).name: link.reason for link in found.left_out} == {
        name: f"This is a link to {target}, outside the folder. Ingest the {kind} itself, or pass "
        "--follow-links."
        for name, target, kind in (
            ("a-file", private / "private.txt", "file"),
            ("through", private / "private.txt", "file"),
            ("gone", private / "missing", "file"),
            ("a-folder", private, "folder"),
        )
    }


def test_links_that_lead_out_are_followed_when_asked_for(inbox: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    (inbox / "file").symlink_to(private / "private.txt")
    (inbox / "folder").symlink_to(private)
    (inbox / "gone").symlink_to(private / "missing")
    found = discover([inbox], follow_links=True)
    assert [source.path for source in found.sources] == [
        str(inbox / name) for name in ("file", "gone", "inbox.txt", "folder/private.txt")
    ]
    assert "leads nowhere" in str(found.sources[1].problem) and found.left_out == []


def test_links_within_the_given_paths_are_followed(inbox: Path, tmp_path: Path) -> None:
    (inbox / "file").symlink_to(tmp_path / "private" / "private.txt")
    (inbox / ".kept").mkdir()
    (inbox / ".kept" / "b.txt").write_text("kept where it is not seen")
    (inbox / "letter").symlink_to(".kept/b.txt")
    found = discover([inbox, tmp_path / "private"])
    assert [source.name for source in found.sources] == ["file", "inbox.txt", "letter", "private.txt"]
    assert found.left_out == []


def test_a_link_that_is_given_itself_is_followed(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "file").symlink_to(inbox / "inbox.txt")
    (tmp_path / "folder").symlink_to(inbox)
    assert names(tmp_path / "file", tmp_path / "folder") == ["file", "inbox.txt"]


def test_no_link_leads_into_the_vault(inbox: Path, tmp_path: Path) -> None:
    (inbox / "file").symlink_to(tmp_path / "private" / "private.txt")
    (inbox / "folder").symlink_to(tmp_path / "private")
    found = discover([inbox], exclude=tmp_path / "private", follow_links=True)
    assert [source.name for source in found.sources] == ["inbox.txt"]


@pytest.mark.parametrize("follow_links", [False, True])
def test_a_folder_is_listed_once_through_links_that_go_round(
    inbox: Path, tmp_path: Path, follow_links: bool
) -> None:
    (inbox / "deep").mkdir()
    (inbox / "deep" / "up").symlink_to(inbox)
    (inbox / "self").symlink_to(inbox / "self")
    (inbox / "one").symlink_to(inbox / "two")
    (inbox / "two").symlink_to(inbox / "one")
    (inbox / "out").symlink_to(tmp_path)
    (tmp_path / "private" / "back").symlink_to(tmp_path / "inbox" / "deep")
    listed = names(inbox, follow_links=follow_links)
    assert listed == ["inbox.txt", "one", "self", "two"] + follow_links * ["private.txt"]


@given(drawn=st.data())
def test_any_links_end_and_find_every_file_of_the_folder_once(
    drawn: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("links")
    folders = ["in", "in/a", "in/a/b", "out", "out/c"]
    for folder in folders:
        (place / folder).mkdir()
        (place / folder / f"{folder.replace('/', '-')}.txt").write_text(folder)
    targets = st.sampled_from([*folders, *(f"{folder}/link0" for folder in folders)])
    for number, (folder, target) in enumerate(
        drawn.draw(st.lists(st.tuples(st.sampled_from(folders), targets), max_size=6))
    ):
        (place / folder / f"link{number}").symlink_to(place / target)
    for follow_links in (False, True):
        found = [name for name in names(place / "in", follow_links=follow_links) if name.endswith(".txt")]
        assert len(found) == len(set(found)) and {"in.txt", "in-a.txt", "in-a-b.txt"} <= set(found)
        assert follow_links or not {"out.txt", "out-c.txt"} & set(found)


def test_a_link_into_a_folder_that_may_not_be_entered_is_a_problem_of_that_file(
    inbox: Path, tmp_path: Path
) -> None:
    (inbox / "file").symlink_to(tmp_path / "private" / "private.txt")
    (inbox / "folder").symlink_to(tmp_path / "private" / "deeper")
    (tmp_path / "private").chmod(0)
    script = (
        "import sys; from pathlib import Path; from ingest.discover import discover\n"
        "for follow in (False, True):\n"
        "    found = discover([Path(sys.argv[1])], follow_links=follow)\n"
        "    print([(s.name, str(s.problem or '')[:42]) for s in found.sources], len(found.left_out))"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, inbox], cwd=ROOT, capture_output=True, text=True, check=True,
            preexec_fn=obey_file_modes,
        )  # fmt: skip
    finally:
        (tmp_path / "private").chmod(0o700)
    denied = "The file cannot be read: permission denied"
    assert done.stdout.splitlines() == [
        "[('inbox.txt', '')] 2",
        f"[('file', '{denied}'), ('folder', '{denied}'), ('inbox.txt', '')] 0",
    ]
