"""Write out what a Word form shows and does not hold as text: ticks, choices and letters of symbol fonts."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.office.ooxml.symbols import EMPTY, TICKED, is_symbol_font, symbol, symbols

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = _W + "val"
_OFF = ("0", "false", "off")


def write_out_forms(root: Any) -> tuple[bool, int]:
    """Put text where the fields of a form are; `root` is the XML of the body, a header or a footer.

    Old form fields and content controls give `TICKED` or `EMPTY` for a tick box, and the chosen item of a
    list. Returns whether anything changed, and how many letters of symbol fonts are not known.
    """
    changed = False
    for begin in list(root.iter(_W + "fldChar")):
        data = begin.find(_W + "ffData")
        if data is not None and (text := _field_text(data)):
            changed = _write_after_field(begin.getparent(), text) or changed
    for control in list(root.iter(_W + "sdt")):
        changed = _write_control(control) or changed
    found, unknown = _write_symbols(root)
    return changed or found, unknown


def _field_text(data: Any) -> str:
    """Return what an old form field shows; empty for a text field, whose text follows it."""
    box, choices = data.find(_W + "checkBox"), data.find(_W + "ddList")
    if box is not None:
        checked = box.find(_W + "checked")
        return _tick(checked if checked is not None else box.find(_W + "default"))
    if choices is not None:
        entries = [entry.get(_VALUE) or "" for entry in choices.iter(_W + "listEntry")]
        chosen = choices.find(_W + "result")
        chosen = choices.find(_W + "default") if chosen is None else chosen
        number = (chosen.get(_VALUE) or "0") if chosen is not None else "0"
        return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return ""


def _tick(mark: Any) -> str:
    """Return a tick box; `mark` is the element that says whether it is ticked, or None."""
    return TICKED if mark is not None and mark.get(_VALUE, "1") not in _OFF else EMPTY


def _write_after_field(run: Any, text: str) -> bool:
    """Put the text after the field that begins in `run`, unless the field shows text of its own."""
    last, shown, separated = run, False, False
    for follower in run.itersiblings():
        marks = [mark.get(_W + "fldCharType") for mark in follower.iter(_W + "fldChar")]
        separated = separated or "separate" in marks
        shown = shown or (separated and any((node.text or "").strip() for node in follower.iter(_W + "t")))
        last = follower
        if "end" in marks:
            break
    if shown:
        return False
    last.addnext(_run(text))
    return True


def _write_control(control: Any) -> bool:
    """Put a tick box into a content control that has one and does not show it as text."""
    properties, content = control.find(_W + "sdtPr"), control.find(_W + "sdtContent")
    if properties is None or content is None:
        return False
    box = next(properties.iter("{*}checkbox"), None)
    if box is None:
        return False
    checked = next(box.iter("{*}checked"), None)
    ticked = checked is not None and next(iter(checked.values()), "1") not in _OFF
    for drawn in [*content.iter(_W + "t"), *content.iter(_W + "sym")]:
        drawn.getparent().remove(drawn)
    run = next(content.iter(_W + "r"), None)
    if run is None:
        run = etree.SubElement(next(content.iter(_W + "p"), content), _W + "r")
    run.append(_text_node(TICKED if ticked else EMPTY))
    return True


def _write_symbols(root: Any) -> tuple[bool, int]:
    """Replace letters of symbol fonts; return whether there are any, and how many are not known."""
    changed, unknown = False, 0
    for mark in list(root.iter(_W + "sym")):
        number = mark.get(_W + "char") or ""
        try:
            text = symbol(mark.get(_W + "font") or "", int(number, 16))
        except ValueError:
            text = ""
        unknown += not text
        mark.getparent().replace(mark, _text_node(text))
        changed = True
    for font in root.iter(_W + "rFonts"):
        name = font.get(_W + "ascii") or font.get(_W + "hAnsi") or ""
        run = font.getparent().getparent()
        if not is_symbol_font(name) or run is None or run.tag != _W + "r":
            continue
        for node in run.iter(_W + "t"):
            if node.text and any("\uf000" <= character <= "\uf0ff" for character in node.text):
                node.text, missing = symbols(name, node.text)
                unknown += missing
                changed = True
    return changed, unknown


def _run(text: str) -> Any:
    """Return a run with the text."""
    run = etree.Element(_W + "r")
    run.append(_text_node(text))
    return run


def _text_node(text: str) -> Any:
    """Return the element that holds text in a run."""
    node = etree.Element(_W + "t")
    node.text = text
    return node
