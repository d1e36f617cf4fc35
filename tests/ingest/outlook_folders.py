"""Make mail folders of Outlook (.pst): the layers of [MS-PST] with as little in each as programs accept."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_UNICODE, _NUMBER, _BINARY, _MOMENT = 0x1F, 0x03, 0x102, 0x40
_STORE, _NAMES, _ROOT = 0x21, 0x61, 0x122
_FIRST_BLOCK = 0x4600

Value = str | int | bytes


@dataclass
class Attached:
    """A file or a message in a message."""

    name: str
    content: bytes = b""
    message: Letter | None = None


@dataclass
class Letter:
    """A message; `more` are further properties by their numbers."""

    subject: str
    body: str = ""
    sender: str = "Una Marlow"
    to: str = "Rex Hale"
    attached: Sequence[Attached] = ()
    more: Mapping[int, Value] = field(default_factory=dict)


def pst(path: Path, folders: Mapping[str, Sequence[Letter]]) -> Path:
    """Make mail folders with these messages in each."""
    return _Writer().write(path, folders)


class _Writer:
    """Lays out blocks one after another, then the two trees of pages that lead to them."""

    def __init__(self) -> None:
        self._out = bytearray(_FIRST_BLOCK)
        self._blocks: list[tuple[int, int, int]] = []
        self._nodes: list[tuple[int, int, int, int]] = []
        self._next = 4

    def write(self, path: Path, folders: Mapping[str, Sequence[Letter]]) -> Path:
        """Write the file."""
        self._node(_STORE, self._block(_properties({0x3001: "Letters"})), 0, 0)
        self._node(
            _NAMES, self._block(_properties({1: 251, 2: b"\0" * 16, 3: b"\0" * 8, 4: b"\0" * 4})), 0, 0
        )
        self._node(_ROOT, self._block(_properties({0x3001: ""})), 0, _ROOT)
        number = 0x400
        for name, letters in folders.items():
            folder = number << 5 | 0x02
            self._node(folder, self._block(_properties({0x3001: name, 0x3602: len(letters)})), 0, _ROOT)
            for letter in letters:
                number += 1
                self._node(number << 5 | 0x04, *self._letter(letter), folder)
            number += 1
        names = self._tree(0x81, [struct.pack("<QQQII", *node, 0) for node in sorted(self._nodes)], 32)
        blocks = self._tree(0x80, [struct.pack("<QQHHI", *one, 2, 0) for one in sorted(self._blocks)], 24)
        self._out[:564] = self._head(names, blocks)
        path.write_bytes(self._out)
        return path

    def _letter(self, letter: Letter) -> tuple[int, int]:
        """Write the blocks of a message; return those of its properties and of what hangs on it."""
        properties: dict[int, Value] = {
            0x001A: "IPM.Note", 0x0037: letter.subject, 0x0C1A: letter.sender, 0x0E04: letter.to,
            0x1000: letter.body, **letter.more,
        }  # fmt: skip
        properties = {number: value for number, value in properties.items() if value != ""}
        if not letter.attached:
            return self._block(_properties(properties)), 0
        below: list[tuple[int, int, int]] = []
        rows: list[int] = []
        for index, one in enumerate(letter.attached, 1):
            node = index << 5 | 0x05
            rows.append(node)
            held: dict[int, Value] = {0x3705: 5 if one.message else 1, 0x3707: one.name}
            inside = 0
            if one.message:
                inner = (0x900 + index) << 5 | 0x04
                inside = self._below([(inner, *self._letter(one.message))])
                data = _properties(held, object_at=(inner, 100))
            else:
                data = _properties({**held, 0x0E20: len(one.content), 0x3701: one.content})
            below.append((node, self._block(data), inside))
        below.append((0x671, self._block(_table(rows)), 0))
        return self._block(_properties(properties)), self._below(below)

    def _below(self, nodes: Sequence[tuple[int, int, int]]) -> int:
        """Write the list of nodes that hang on one."""
        entries = b"".join(struct.pack("<QQQ", *node) for node in sorted(nodes))
        return self._block(struct.pack("<BBHI", 2, 0, len(nodes), 0) + entries, inner=True)

    def _node(self, number: int, data: int, below: int, parent: int) -> None:
        self._nodes.append((number, data, below, parent))

    def _block(self, data: bytes, *, inner: bool = False) -> int:
        """Write a block with its trailer; return its number."""
        assert len(data) <= 8176
        number, place = self._next | (2 if inner else 0), len(self._out)
        self._next += 4
        self._blocks.append((number, place, len(data)))
        padding = -(len(data) + 16) % 64
        self._out += data + b"\0" * padding
        self._out += struct.pack("<HHIQ", len(data), _signature(place, number), _checksum(data), number)
        return number

    def _tree(self, kind: int, entries: Sequence[bytes], size: int) -> tuple[int, int]:
        """Write a tree of pages, in two levels; return the number and the place of its root."""
        most = 488 // size
        leaves = [entries[start : start + most] for start in range(0, len(entries), most)]
        roots = []
        for leaf in leaves:
            number, place = self._page(kind, leaf, size, 0)
            roots.append(leaf[0][:8] + struct.pack("<QQ", number, place))
        return self._page(kind, roots, 24, 1)

    def _page(self, kind: int, entries: Sequence[bytes], size: int, level: int) -> tuple[int, int]:
        self._out += b"\0" * (-len(self._out) % 512)
        number, place = self._next, len(self._out)
        self._next += 4
        body = b"".join(entries).ljust(488, b"\0")
        body += struct.pack("<BBBBI", len(entries), 488 // size, size, level, 0)
        self._out += body
        self._out += struct.pack("<BBHIQ", kind, kind, _signature(place, number), _checksum(body), number)
        return number, place

    def _head(self, nodes: tuple[int, int], blocks: tuple[int, int]) -> bytes:
        head = struct.pack("<HHHBBIIQQI", 0x4D53, 23, 19, 1, 1, 0, 0, 0, self._next, 1)
        head += struct.pack("<32I", *[0x400] * 32) + b"\0" * 8
        head += struct.pack("<IQQQQ", 0, len(self._out), 0x4400, 0, 0)
        head += struct.pack("<QQQQ", *nodes, *blocks) + struct.pack("<BBH", 2, 0, 0)
        head += b"\0" * 4 + b"\xff" * 256 + struct.pack("<BBH", 0x80, 0, 0) + struct.pack("<Q", self._next)
        return (
            b"!BDN" + struct.pack("<I", _checksum(head[:471])) + head
            + struct.pack("<I", _checksum(head)) + b"\0" * 36
        )  # fmt: skip


def _properties(values: Mapping[int, Value], object_at: tuple[int, int] | None = None) -> bytes:
    """Return the properties of an item by their numbers; `object_at` is the message inside."""
    heap, records = _Heap(0xBC), b""
    entries: dict[int, tuple[int, int]] = {}
    for number, value in values.items():
        if isinstance(value, int):
            entries[number] = _NUMBER, value
        elif isinstance(value, str):
            entries[number] = _UNICODE, heap.add(value.encode("utf-16-le"))
        else:
            kind = _MOMENT if number in (0x0039, 0x0E06) else _BINARY
            entries[number] = kind, heap.add(value)
    if object_at:
        entries[0x3701] = 0x0D, heap.add(struct.pack("<II", *object_at))
    for number, (kind, value) in sorted(entries.items()):
        records += struct.pack("<HHI", number, kind, value)
    root = heap.add(struct.pack("<BBBBI", 0xB5, 2, 6, 0, heap.add(records)))
    return heap.closed(root)


def _table(rows: Sequence[int]) -> bytes:
    """Return a table whose rows only name the nodes of what is attached."""
    heap = _Heap(0x7C)
    index = b"".join(struct.pack("<II", node, number) for number, node in enumerate(rows))
    tree = heap.add(struct.pack("<BBBBI", 0xB5, 4, 4, 0, heap.add(index)))
    matrix = heap.add(b"".join(struct.pack("<IIB", node, 1, 0xC0) for node in rows))
    columns = struct.pack("<IHBBIHBB", 0x67F20003, 0, 4, 0, 0x67F30003, 4, 4, 1)
    head = struct.pack("<BBHHHHIII", 0x7C, 2, 8, 8, 8, 9, tree, matrix, 0)
    return heap.closed(heap.add(head + columns))


class _Heap:
    """A heap in one block."""

    def __init__(self, kind: int) -> None:
        self._kind = kind
        self._pieces: list[bytes] = []

    def add(self, content: bytes) -> int:
        """Add a piece; return its number, 0 for nothing."""
        if not content:
            return 0
        self._pieces.append(content)
        return len(self._pieces) << 5

    def closed(self, root: int) -> bytes:
        """Return the block; `root` is the number of the piece that leads to the others."""
        places = [12]
        for piece in self._pieces:
            places.append(places[-1] + len(piece))
        pieces = b"".join(self._pieces)
        pieces += b"\0" * (len(pieces) % 2)
        head = struct.pack("<HBBII", 12 + len(pieces), 0xEC, self._kind, root, 0)
        return head + pieces + struct.pack(f"<HH{len(places)}H", len(self._pieces), 0, *places)


def _checksum(data: bytes) -> int:
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _signature(place: int, number: int) -> int:
    mixed = place ^ number
    return (mixed >> 16 ^ mixed) & 0xFFFF
