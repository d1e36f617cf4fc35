"""Letters of symbol fonts (Symbol, Wingdings) as the characters that they show.

Such a font draws a tick box or a Greek letter where the file holds only a number of the font.
"""

from __future__ import annotations

TICKED, EMPTY = "☒", "☐"
"""How a tick box is written: every box that is ticked, crossed or filled, and one that is not."""

_SYMBOL = dict(
    zip(
        (*range(0x41, 0x5B), *range(0x61, 0x7B)),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | {
    0x22: "∀", 0x24: "∃", 0x2D: "−", 0x40: "≅", 0x7E: "∼", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD:
    "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC6: "∅", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6:
    "√", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0x78: TICKED, 0x9F: "•", 0xA7: "▪", 0xA8:
    EMPTY, 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD:
    TICKED, 0xFE: TICKED, 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: TICKED, 0x52: TICKED, 0x53: TICKED, 0x54: TICKED, 0x2A: EMPTY, 0x30: EMPTY,
    0xA2: TICKED, 0xA3: EMPTY,
}  # fmt: skip
_FONTS: dict[str, dict[int, str]] = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def is_symbol_font(font: str) -> bool:
    """Return whether the letters of a font are not the characters that it shows."""
    return font.strip().lower() in _FONTS or font.lower().startswith(("wingdings", "webdings"))


def symbol(font: str, number: int) -> str:
    """Return the character that a symbol font shows for `number`; empty if it is not known.

    Files give the number as it is or, more often, with F000 (hexadecimal) added.
    """
    number = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    if number == 0x20:
        return " "
    return _FONTS.get(font.strip().lower(), {}).get(number, "")


def symbols(font: str, text: str) -> tuple[str, int]:
    """Return the text as a symbol font shows it, and how many of its characters are not known."""
    shown = [character if character.isspace() else symbol(font, ord(character)) for character in text]
    return "".join(shown), sum(not character for character in shown)
