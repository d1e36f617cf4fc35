"""Whoever changes the log without its key is found out, whatever is changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.database.database import Database, open_database
from vault.errors import HeadInvalid, LogKeyInvalid, LogKeyMissing
from vault.ledger.vault_schema import VAULT_STEPS
from vault.log.events import ContentKind, Event, Result
from vault.log.head import EMPTY, Head, read_heads
from vault.log.key import USUAL_LOG, LogKey, LogOptions
from vault.log.log import Log
from vault.log.sealing import SEALED_COLUMNS, record_text
from vault.log.selection import Selection
from vault.log.verify import Verification

often = settings(max_examples=40)
"""Each example copies a folder."""
PEOPLE = ("ana", "ben", "")


class Folder:
    """A folder with a database that has a log, which can be closed, changed from outside and opened again."""

    def __init__(self, path: Path, options: LogOptions = USUAL_LOG) -> None:
        self.path = path
        self.options = options
        self.open()

    def open(self) -> None:
        self.db: Database = open_database(self.path / "vault.db", VAULT_STEPS)
        try:
            self.log = Log(self.db, self.path, self.options)
        except BaseException:
            self.db.close()
            raise

    def fill(self, count: int = 6) -> None:
        """Append entries of several kinds: two with words, one about a record."""
        for number in range(count):
            self.log.append(Event.PAGE_VIEWED, user=PEOPLE[number % 2], collections=["c1"],
                            facts={"documents": [f"{number:064x}"], "page": number})  # fmt: skip
        self.log.append(Event.MENTIONS_FOUND, user="ana", collections=["c1"], content={"term": "mare"})
        self.log.append(Event.ACCESS_DENIED, user="ben", collections=["c2"], result=Result.DENIED)
        with self.db.write() as db:
            db.execute("INSERT INTO records VALUES ('r1', 'now', 'ana', 'Who?', '{\"answer\": 1}')")
            self.log.append_record(
                db, Event.QUESTION_ANSWERED, "r1", record_text("Who?", '{"answer": 1}'), user="ana",
                collections=["c1"],
            )  # fmt: skip

    def outside(self, *statements: str) -> None:
        """Do what somebody does who can write the database and has no key."""
        with closing(sqlite3.connect(self.path / "vault.db", isolation_level=None)) as other:
            for statement in statements:
                other.execute(statement)

    def verify(self, *anchors: Head) -> Verification:
        return self.log.verify(anchors)

    def close(self) -> None:
        self.db.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a log of some entries, which tests copy."""
    made = Folder(tmp_path_factory.mktemp("filled"))
    made.fill()
    made.close()
    return made.path


@pytest.fixture(scope="module")
def copied(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Folder]:
    return lambda: Folder(shutil.copytree(filled, tmp_path_factory.mktemp("copy") / "data"))


def test_an_untouched_log_is_intact_also_after_it_was_opened_again(folder: Folder) -> None:
    folder.fill()
    checked = folder.verify()
    assert (checked.problems, checked.records, checked.entries) == ((), 1, 10)
    folder.close()
    folder.open()
    folder.log.append(Event.USER_ADDED, user="ana")
    again = folder.verify(checked.head)
    assert again.intact and again.entries == 11 and again.head.number == 11
    assert not (folder.path / "log.key").stat().st_mode & 0o077


COLUMNS = [name for name in SEALED_COLUMNS if name != "number"] + ["mac"]


@often
@given(data=st.data())
def test_a_changed_field_of_any_entry_is_found(data: st.DataObject, copied: Callable[[], Folder]) -> None:
    folder = copied()
    number = data.draw(st.integers(1, 10))
    column = data.draw(st.sampled_from(COLUMNS))
    with folder.db.read() as db:
        (old,) = db.execute(f"SELECT {column} FROM log WHERE number = ?", (number,)).fetchone()
    new = data.draw(st.text(max_size=5).filter(lambda text: text != old and "\0" not in text))
    with closing(sqlite3.connect(folder.path / "vault.db", isolation_level=None)) as other:
        other.execute(f"UPDATE log SET {column} = ? WHERE number = ?", (new, number))
    checked = folder.verify()
    assert len(folder.log.entries()) == 10, "the others can still be read"
    folder.close()
    assert number in {problem.number for problem in checked.problems}


def test_a_first_entry_that_names_no_key_is_found(copied: Callable[[], Folder]) -> None:
    folder = copied()
    with closing(sqlite3.connect(folder.path / "vault.db", isolation_level=None)) as other:
        other.execute("UPDATE log SET key = '' WHERE number = 1")
    checked = folder.verify()
    folder.close()
    assert 1 in {problem.number for problem in checked.problems}


@often
@given(data=st.data())
def test_removed_entries_are_found_wherever_they_were(
    data: st.DataObject, copied: Callable[[], Folder]
) -> None:
    folder = copied()
    gone = data.draw(st.sets(st.integers(1, 10), min_size=1))
    numbers = ", ".join(map(str, gone))
    folder.outside(f"DELETE FROM log WHERE number IN ({numbers})",
                   f"DELETE FROM log_content WHERE number IN ({numbers})")  # fmt: skip
    assert not folder.verify().intact
    # Also when the log goes on after that.
    folder.close()
    if len(gone) < 10:
        folder.open()
        folder.log.append(Event.USER_ADDED, user="ana")
        assert not folder.verify().intact
        folder.close()


@often
@given(cut=st.integers(1, 9), goes_on=st.booleans())
def test_a_cut_tail_is_found_without_an_anchor_and_cannot_be_closed_by_new_entries(
    cut: int, goes_on: bool, copied: Callable[[], Folder]
) -> None:
    folder = copied()
    folder.outside(f"DELETE FROM log WHERE number > {10 - cut}",
                   f"DELETE FROM log_content WHERE number > {10 - cut}",
                   "DELETE FROM records")  # fmt: skip
    if goes_on:
        folder.log.append(Event.USER_ADDED, user="ana")
        assert folder.log.head().number == 11
    checked = folder.verify()
    folder.close()
    assert any(problem.number == 11 - cut and "missing" in problem.what for problem in checked.problems)


@often
@given(cut=st.integers(1, 9), goes_on=st.booleans())
def test_a_cut_tail_is_found_when_the_head_was_removed_with_it(
    cut: int, goes_on: bool, copied: Callable[[], Folder]
) -> None:
    folder = copied()
    folder.outside(f"DELETE FROM log WHERE number > {10 - cut}", "DELETE FROM log_head",
                   f"DELETE FROM log_content WHERE number > {10 - cut}", "DELETE FROM records")  # fmt: skip
    if goes_on:
        folder.log.append(Event.USER_ADDED, user="ana")
    checked = folder.verify()
    folder.close()
    assert any("head of the log was removed" in problem.what for problem in checked.problems)


@often
@given(order=st.permutations(range(1, 11)))
def test_another_order_is_found(order: list[int], copied: Callable[[], Folder]) -> None:
    folder = copied()
    moved = [f"UPDATE log SET number = {-new} WHERE number = {old}" for old, new in enumerate(order, 1)]
    folder.outside(*moved, "UPDATE log SET number = -number")
    checked = folder.verify()
    folder.close()
    assert checked.intact == (order == sorted(order))


@often
@given(at=st.integers(1, 11), like=st.integers(1, 10), relinked=st.booleans())
def test_an_entry_that_was_put_in_is_found(
    at: int, like: int, relinked: bool, copied: Callable[[], Folder]
) -> None:
    folder = copied()
    columns = [name for name in (*SEALED_COLUMNS, "mac") if name != "number"]
    folder.outside(
        "UPDATE log SET number = -number - 1 WHERE number >= " + str(at),
        "UPDATE log SET number = -number WHERE number < 0",
        f"INSERT INTO log (number, {', '.join(columns)})"
        f" SELECT {at}, {', '.join(columns)} FROM log WHERE number = {like if like < at else like + 1}",
    )
    if relinked and at > 1:
        folder.outside(f"UPDATE log SET previous = (SELECT mac FROM log WHERE number = {at - 1})"
                       f" WHERE number = {at}")  # fmt: skip
    checked = folder.verify()
    folder.close()
    assert not checked.intact


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE log_content SET content = '{}' WHERE content IS NOT NULL", "words beside entry 8"),
        ("UPDATE log_content SET content = NULL", "words beside entry 8"),
        ("UPDATE log_content SET salt = 'x' WHERE content IS NOT NULL", "words beside entry 8"),
        ("DELETE FROM log_content WHERE number = 8", "no purge did that"),
        ("INSERT INTO log_content VALUES (2, 's', 'x')", "do not belong to it"),
        ("UPDATE records SET body = '{}'", "record r1 of entry 10 was changed"),
        ("UPDATE records SET question = 'What?'", "record r1 of entry 10 was changed"),
        ("DELETE FROM records", "record r1 of entry 10 was removed"),
        ("INSERT INTO records VALUES ('r2', '', '', '', '{}')", "record r2 is in no entry"),
        ("UPDATE log_head SET number = 9", "head of the log was changed"),
        ("UPDATE log_head SET seal = 'x'", "head of the log was changed"),
        ("INSERT INTO log_head VALUES (1, 'x', 'x')", "head of the log was changed"),
    ],
)
def test_what_lies_beside_the_chain_is_checked_too(
    change: str, said: str, copied: Callable[[], Folder]
) -> None:
    folder = copied()
    folder.outside(change)
    checked = folder.verify()
    folder.close()
    assert any(said in problem.what for problem in checked.problems), checked.problems


def test_an_entry_that_looks_like_a_new_key_and_is_none_does_not_stop_the_check(
    copied: Callable[[], Folder],
) -> None:
    folder = copied()
    folder.outside("UPDATE log SET event = 'log.key-replaced', facts = 'x' WHERE number = 3")
    assert [problem.what for problem in folder.verify().problems] == ["Entry 3 was changed."]
    folder.close()


def test_bytes_that_are_no_text_are_found(copied: Callable[[], Folder]) -> None:
    folder = copied()
    folder.outside("UPDATE log SET user = CAST(x'ff' AS TEXT) WHERE number = 3")
    assert "what is no text" in folder.verify().problems[0].what
    folder.close()


def test_who_knows_another_key_cannot_rewrite_the_log(copied: Callable[[], Folder]) -> None:
    """The whole log is written anew with a key of one's own, as a program would that has the source."""
    folder, forged = copied(), copied()
    forged.outside(
        "DELETE FROM log", "DELETE FROM log_head", "DELETE FROM log_content", "DELETE FROM records"
    )
    (forged.path / "log.key").unlink()
    forged.close()
    forged.open()
    forged.close()
    (forged.path / "log.key").write_bytes((folder.path / "log.key").read_bytes())
    (forged.path / "log.key").chmod(0o600)
    with pytest.raises(LogKeyMissing, match="holds another key"):
        forged.open()
    folder.close()


def test_an_older_copy_of_the_data_folder_is_found_by_an_anchor_and_by_the_witness(tmp_path: Path) -> None:
    outside = tmp_path / "safe"
    outside.mkdir()
    folder = Folder(_made(tmp_path / "data"), LogOptions(key_file=outside / "the.key"))
    folder.fill()
    older = shutil.copytree(folder.path, tmp_path / "older")
    folder.close()
    folder.open()
    folder.log.append(Event.USER_ADDED, user="ana")
    head = folder.log.head()
    folder.log.note_head()
    folder.close()
    shutil.rmtree(folder.path)
    shutil.copytree(older, folder.path)
    folder.open()
    for checked in (folder.verify(), folder.verify(head)):
        assert [problem.number for problem in checked.problems] == [11], checked.problems
        assert "cut off" in checked.problems[0].what
    (outside / "the.key.head").unlink()
    assert folder.verify().intact, "nothing else can know it"
    # Another entry at the anchored place is no way out.
    folder.log.append(Event.USER_ADDED, user="eve")
    assert [p.what for p in folder.verify(head).problems] == ["Entry 11 is not the one that was anchored."]
    folder.close()


def _made(path: Path) -> Path:
    path.mkdir()
    return path


def test_an_entry_of_an_undone_transaction_is_not_there(folder: Folder) -> None:
    with pytest.raises(ZeroDivisionError), folder.db.write() as db:
        folder.log.append(Event.USER_ADDED, user="ana", within=db)
        raise ZeroDivisionError
    folder.log.append(Event.USER_ADDED, user="ben")
    assert [entry.user for entry in folder.log.entries(Selection(events=("user",)))] == ["ben"]
    assert folder.verify().intact


def test_purged_words_are_gone_and_the_chain_still_fits(folder: Folder) -> None:
    log, sha = folder.log, "a" * 64
    log.append(Event.DOCUMENT_INGESTED, user="ana", collections=["c1"],
               facts={"documents": [sha]}, content={"name": "quillonprax.pdf"})  # fmt: skip
    log.append(Event.DOCUMENT_INGESTED, user="ana", collections=["c1"],
               facts={"documents": ["b" * 64]}, content={"name": "other.pdf"})  # fmt: skip
    log.append(Event.QUESTION_FAILED, user="ana", collections=["c1"], content={"question": "quillonprax?"})
    log.append(Event.QUESTION_FAILED, user="ana", collections=["c2"], content={"question": "elsewhere"})
    log.append(Event.QUESTION_FAILED, user="ana", content={"question": "quillonprax of a mistyped matter?"})
    log.append(Event.DOCUMENT_INGESTED, user="ana", collections=["c2"], facts={"documents": [sha]},
               content={"path": "the same file by a manifest, quillonprax"})  # fmt: skip
    log.append(Event.JOB_BEGUN, user="ana", collections=["c2"], content={"paths": "/a\n/in/quillonprax.pdf"})
    before = log.head()
    with folder.db.write() as db:
        log.forget_content(db, "c1", [sha], paths=["", "/in/quillonprax.pdf"])
    folder.db.scrub()
    assert b"quillonprax" not in b"".join(file.read_bytes() for file in folder.path.iterdir())
    kept = {entry.number: entry.content for entry in log.entries() if entry.content_kind is ContentKind.KEPT}
    other = {3: {"name": "other.pdf"}, 5: {"question": "elsewhere"}}
    assert kept == {**dict.fromkeys((2, 4, 6, 7, 8)), **other}
    assert folder.verify(before).intact


def test_a_redacted_record_fits_and_a_later_change_of_it_is_found(folder: Folder) -> None:
    folder.fill()
    with folder.db.write() as db:
        db.execute("UPDATE records SET question = '[purged]', body = '{}'")
        folder.log.redact_record(db, "r1", record_text("[purged]", "{}"))
    assert folder.verify().intact
    with folder.db.read() as db:
        numbers = [row["number"] for row in db.execute("SELECT number FROM log_content")]
    assert numbers == [8, 11], "without its salt, nobody can try words against the first digest"
    folder.outside("UPDATE records SET body = '{\"a\": 1}'")
    assert [p.number for p in folder.verify().problems] == [11]


def test_words_stay_out_of_the_log_if_the_settings_say_so(tmp_path: Path) -> None:
    folder = Folder(tmp_path, LogOptions(content=False))
    folder.log.append(Event.MENTIONS_FOUND, user="ana", collections=["c1"], content={"term": "quillonprax"})
    (entry, *_) = folder.log.entries()
    assert (entry.content, entry.content_kind) == (None, ContentKind.HASHED) and len(entry.digest) == 64
    assert folder.verify().intact
    folder.db.scrub()
    folder.close()
    assert b"quillonprax" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_missing_damaged_or_other_key_is_named_and_nothing_is_changed(folder: Folder) -> None:
    folder.fill()
    folder.close()
    file = folder.path / "log.key"
    key = file.read_bytes()
    file.unlink()
    with pytest.raises(LogKeyMissing, match=f"{file} is not there"):
        folder.open()
    assert not file.exists()
    file.write_text("nonsense")
    with pytest.raises(LogKeyInvalid, match="64 hexadecimal digits"):
        folder.open()
    file.write_bytes(key)
    folder.open()
    assert folder.verify().intact


def test_a_replaced_key_is_announced_and_the_earlier_one_is_found_beside_it(folder: Folder) -> None:
    folder.fill()
    folder.close()
    folder.options = LogOptions(new_key=True)
    folder.open()
    folder.log.append(Event.USER_ADDED, user="ana")
    assert folder.verify().intact
    earlier = next(folder.path.glob("log.key.before-*"))
    aside = earlier.rename(folder.path / "aside")
    assert any("cannot be checked" in problem.what for problem in folder.verify().problems)
    assert folder.log.verify(keys=[aside]).intact


def test_a_lost_key_is_a_break_that_stays_visible(folder: Folder) -> None:
    folder.fill()
    folder.close()
    (folder.path / "log.key").unlink()
    folder.options = LogOptions(new_key=True)
    folder.open()
    folder.log.append(Event.USER_ADDED, user="ana")
    said = [problem.what for problem in folder.verify().problems]
    assert any("not here: this cannot be checked" in what for what in said)
    assert any("no entry announces it" in what for what in said)


def test_a_migration_brings_refusals_and_records_into_the_log(tmp_path: Path) -> None:
    before = next(n for n, step in enumerate(VAULT_STEPS) if "DROP TABLE denials" in step)
    db = open_database(tmp_path / "vault.db", VAULT_STEPS[:before])
    with db.write() as connection:
        connection.execute("INSERT INTO collections VALUES ('c1', 'Matter', 'then')")
        connection.execute(
            "INSERT INTO denials (at, user, collection, action) VALUES ('t1', 'b', 'c1', 'manage')"
        )
        connection.execute(
            "INSERT INTO denials (at, user, collection, action) VALUES ('t2', 'a', 'c1', 'ingest')"
        )
        body = json.dumps({"answer": {"collections": ["Matter", "[purged]"]}})
        connection.execute("INSERT INTO records VALUES ('r1', 't0', 'ana', 'Who?', ?)", (body,))
    db.close()
    for _ in range(2):  # the second time, nothing is brought again
        folder = Folder(tmp_path)
        told = [(e.at, e.event, e.user, e.collections, e.record) for e in reversed(folder.log.entries())]
        assert told[1:] == [
            ("t1", "access.denied", "b", ("c1",), ""),
            ("t2", "access.denied", "a", ("c1",), ""),
            ("t0", "record.adopted", "ana", ("c1",), "r1"),
        ]
        assert folder.verify().intact
        folder.close()
    folder.open()
    folder.outside("UPDATE records SET user = user, body = body || ' '")
    assert not folder.verify().intact
    folder.close()


def test_a_selection_says_who_what_where_and_when(folder: Folder) -> None:
    folder.fill()
    log = folder.log

    def numbers(**wanted: object) -> list[int]:
        return [entry.number for entry in log.entries(Selection(**wanted))]  # type: ignore[arg-type]

    assert numbers(users=("ben",)) == [9, 7, 5, 3]
    assert numbers(events=("page",), users=("ana",)) == [6, 4, 2] and numbers(events=("pag",)) == []
    assert numbers(events=("question.answered", "access")) == [10, 9]
    assert numbers(results=("denied",)) == [9]
    assert numbers(collection="c2") == [9] and numbers(record="r") == [10]
    assert numbers(document="0" * 63 + "3") == [5]
    assert numbers(within=("c2",)) == [9] and len(numbers(within=("c1", "c2"))) == 9
    today = log.entries()[0].at[:10]
    assert len(numbers(since=today, until=today)) == 10
    assert numbers(until="1999-01-01") == [] and numbers(since="2999-01-01") == []
    assert [e.number for e in log.entries(limit=2, skip=1)] == [9, 8]
    assert log.count(Selection(events=("page",))) == 6


@given(number=st.integers(0, 10**18 - 1), mac=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_printed_head_is_read_again(number: int, mac: str) -> None:
    head = Head(number, mac)
    assert Head.parse(f"  {head}\n") == head


def test_a_file_of_heads_may_say_when_and_why(tmp_path: Path) -> None:
    file = tmp_path / "heads"
    file.write_text(f"# kept by the registrar\n\n{EMPTY} 2026-11-27 quarterly\n")
    assert read_heads(file) == [EMPTY]
    file.write_text("17:abc\n")
    with pytest.raises(HeadInvalid, match="'17:abc'"):
        read_heads(file)


def test_fields_cannot_run_into_each_other() -> None:
    key = LogKey(bytes(32))
    assert key.seal("ab", "c") != key.seal("a", "bc") and key.seal("a") != key.seal("a", "")
    assert LogKey(bytes(31) + b"1").seal("a") != key.seal("a")
