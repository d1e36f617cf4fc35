"""Text that spells words is told from text that does not, in any language, and from codes and figures."""

from __future__ import annotations

import string
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.ocr.sense import is_nonsense, reads_better, share_of_words

LEASE = (
    "The lessee shall keep the orchard and the two sheds in good repair and shall return them at "
    "the end of the "
    "term in the condition in which they were received. Rent falls due on the first Monday of each "
    "quarter, and "
    "a late payment bears interest at four per cent a year."
)
FOREIGN = {
    "German": "Die Pächterin hält den Obstgarten und beide Schuppen instand und gibt sie am Ende "
    "der Pachtzeit "
    "in dem Zustand zurück, in dem sie übernommen wurden.",
    "Finnish": "Vuokralainen pitää hedelmätarhan kunnossa ja palauttaa sen vuokrakauden päättyessä "
    "siinä kunnossa, "
    "jossa se otettiin vastaan. Vuokra erääntyy neljännesvuoden ensimmäisenä maanantaina.",
    "Turkish": "Kiracı meyve bahçesini iyi durumda tutar ve süre sonunda teslim aldığı gibi geri "
    "verir. Kira her üç "
    "ayın ilk pazartesi günü ödenir.",
    "Swahili": "Mpangaji atatunza bustani ya matunda na kuirudisha mwishoni mwa muda katika hali "
    "ile ile aliyoipokea.",
    "Russian": "Арендатор содержит сад и два сарая в исправности и возвращает их в конце срока в "
    "том состоянии.",
}
TABLES = {
    "laboratory values": "HGB 12.3 g/dL 11.5-15.5\nPLT 250 10^9/L\nMCV 88 fL\nALT 33 U/L\nTSH 2.3 "
    "mIU/L\neGFR 54\n" * 3,
    "names": "Orla Finch, Tobias Wren, Wanda Szymanska, Piers Hallam, Ngozi Adeyemi, Ludo Brandt, "
    "Saskia Thorne",
    "codes": "QX-00417 QX-00418 INV/2023/0098 GB29NWBK60161331926819 978-3-16-148410-0 4417-22-B " * 3,
    "a prescription": "Rx furosemide 40mg tab 1 PO BID; ramipril 5mg PO qHS; f/u 3mo w/ labs; d/c'd "
    "aspirin 2/2 bleed",
}


def exchanged(text: str, alphabet: str) -> str:
    """Return the text with other letters, as a wrong table of letters gives it."""
    table = str.maketrans(string.ascii_lowercase + string.ascii_uppercase, alphabet + alphabet.upper())
    return text.translate(table)


@pytest.mark.parametrize("scanned", [False, True])
@pytest.mark.parametrize("name", [*FOREIGN, *TABLES])
def test_other_languages_and_tables_are_no_nonsense(name: str, scanned: bool) -> None:
    assert not is_nonsense((FOREIGN | TABLES)[name], scanned=scanned)
    assert not is_nonsense(LEASE, scanned=scanned)


@pytest.mark.parametrize("seed", range(10))
def test_text_with_exchanged_letters_is_nonsense(seed: int) -> None:
    alphabet = list(string.ascii_lowercase)
    Random(seed).shuffle(alphabet)
    assert is_nonsense(exchanged(LEASE, "".join(alphabet)))


@pytest.mark.parametrize("step", [-29, 1, 3, 13])
def test_text_whose_codes_are_shifted_is_nonsense(step: int) -> None:
    assert is_nonsense("".join(chr(max(33, ord(c) + step)) if c > " " else c for c in LEASE))


def test_a_bad_recognition_is_nonsense_only_where_there_is_a_scan() -> None:
    table = str.maketrans({"o": "0", "l": "1", "e": "c", "t": "+", "u": "v", "h": "b"})
    worse = " ".join(word.translate(table) if at % 3 else word for at, word in enumerate(LEASE.split()))
    assert is_nonsense(worse, scanned=True)
    assert not is_nonsense(worse)


def test_a_few_letters_are_never_nonsense() -> None:
    assert not is_nonsense("xq vrt 7kq brz")
    assert not is_nonsense("")


def test_the_text_with_more_words_reads_better_and_equal_ones_do_not() -> None:
    nonsense = exchanged(LEASE, string.ascii_lowercase[7:] + string.ascii_lowercase[:7])
    assert reads_better(LEASE, nonsense)
    assert not reads_better(nonsense, LEASE)
    assert not reads_better(LEASE, LEASE)
    assert not reads_better(nonsense, nonsense)


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    assert 0.0 <= share_of_words(text) <= 1.0
    is_nonsense(text, scanned=True)
