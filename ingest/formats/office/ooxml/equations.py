"""Write equations of Word and PowerPoint on one line, as people type them: "(a+b)/c", "x^2", "√(y)"."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = _M + "val"


def write_out_equations(root: Any) -> bool:
    """Replace the equations in the XML of a Word part by text; return whether there were any."""
    found = list(root.iter(_M + "oMath"))
    for equation in found:
        text = etree.Element(_W + "t")
        text.text = equation_text(equation)
        run = etree.Element(_W + "r")
        run.append(text)
        run.tail = equation.tail
        place = equation
        while place.getparent() is not None and place.getparent().tag == _M + "oMathPara":
            place = place.getparent()
        place.addprevious(run)
        equation.getparent().remove(equation)
    return bool(found)


def equation_text(element: Any) -> str:
    """Return an equation, or a part of one, on one line."""
    if not isinstance(element.tag, str) or element.tag.endswith("Pr"):
        return ""
    name = element.tag.removeprefix(_M)
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_part(element, 'num')}/{_part(element, 'den')}"
    if name in ("sSup", "sSub", "sSubSup", "nary"):
        base = equation_text(element.find(_M + "e")) if element.find(_M + "e") is not None else ""
        below = f"_{_part(element, 'sub')}" if _part(element, "sub") else ""
        above = f"^{_part(element, 'sup')}" if _part(element, "sup") else ""
        sign = f"{_property(element, 'chr', '∫')}{below}{above} "
        return f"{sign}{base}" if name == "nary" else f"{base}{below}{above}"
    if name == "rad":
        return f"{_part(element, 'deg')}√({_inner(element, 'e')})"
    if name == "d":
        ends = _property(element, "begChr", "("), _property(element, "endChr", ")")
        return (
            f"{ends[0]}{', '.join(equation_text(part) for part in element.iterchildren(_M + 'e'))}{ends[1]}"
        )
    pieces = (equation_text(child) for child in element)
    return " ".join(filter(None, pieces)) if name in ("func", "m", "mr", "eqArr") else "".join(pieces)


def _inner(element: Any, name: str) -> str:
    part = element.find(_M + name)
    return equation_text(part) if part is not None else ""


def _part(element: Any, name: str) -> str:
    """Return a part of an equation, in brackets if it is more than one word or number."""
    text = _inner(element, name)
    return text if text.isalnum() or len(text) < 2 else f"({text})"


def _property(element: Any, name: str, default: str) -> str:
    """Return a sign that the equation is written with."""
    found = next(element.iter(_M + name), None)
    return str(found.get(_VALUE) or "") if found is not None else default
