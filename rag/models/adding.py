"""Take a GGUF file into the vault: checked to be whole, hashed, copied or linked."""

from __future__ import annotations

import hashlib
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

from rag.models.catalogue.catalogue import known_as
from rag.models.catalogue.gguf import ModelFile, inspect
from rag.models.probe import probe
from rag.models.tried import TriedModels
from vault.errors import AdapterUnfit, ModelDamaged, ModelTooLarge
from vault.files.private import make_folder, open_new
from vault.files.storage import on_disk
from vault.ledger.log import now
from vault.ledger.models import Model, ModelKind, Models

_AT_ONCE = 1 << 22

OnBytes = Callable[[int, int], None]
"""Told (bytes read, bytes in all) while a file is hashed and copied."""


def add_model(
    models: Models,
    file: Path,
    *,
    kind: ModelKind = ModelKind.MODEL,
    name: str | None = None,
    sha256: str | None = None,
    link: bool = False,
    threads: int | None = None,
    on_bytes: OnBytes = lambda *_: None,
) -> Model:
    """Add `file` under `name` (without one: the file's, made plain); `sha256` is what it must have.

    Before it is copied a model writes a few tokens with `threads` in a process of its own. Raises
    ModelNotFound, ModelDamaged (no whole GGUF, another hash, cannot be loaded), ModelCrashed (that process
    died), ModelExists, ModelTooLarge (no room for the copy), AdapterUnfit (an adapter given as a model, or a
    model as an adapter), StorageError.
    """
    file = file.absolute()
    found = inspect(file, hashed=False)
    _check_kind(found, kind, file)
    chosen = name or plain_name(file.stem)
    models.check_free(chosen)
    wrote = kind is ModelKind.MODEL and probe(file, threads=threads)
    with on_disk(models.folder):
        make_folder(models.folder)
    target = file if link else models.folder / f".{uuid.uuid4().hex}.part"
    try:
        if not link:
            _check_room(found, models.folder)
        digest = _hashed(file, None if link else target, found.size, on_bytes)
        if sha256 is not None and digest != sha256.strip().lower():
            raise ModelDamaged(
                f"{file} has the sha256 {digest} and not {sha256}. Copy it again from where you got it."
            )
        path = file if link else target.rename(models.folder / f"{uuid.uuid4().hex}.gguf")
        model = Model(
            name=chosen, kind=kind, path=str(path), linked=link, sha256=digest, size=found.size,
            mtime_ns=path.stat().st_mtime_ns,
            architecture=found.architecture, context_length=found.context_length,
            parameters=found.parameters, quantisation=found.quantisation, licence=licence_of(found, file),
            added=now(),
        )  # fmt: skip
        models.add(model)
        if wrote:
            TriedModels(models.folder.parent).note(digest)
        return model
    finally:
        models.sweep()


def plain_name(name: str) -> str:
    """A name as it is typed: small letters, digits, points, dashes and underscores."""
    return re.sub(r"[^a-z0-9._]+", "-", name.lower()).strip("-._") or "model"


def licence_of(found: ModelFile, file: Path) -> str:
    """The licence that the file states, else that of the catalogue's entry; empty when neither knows."""
    known = known_as(found.name) or known_as(file.stem)
    return found.licence or ("" if known is None else known.licence.id)


def checked(models: Models, model: Model) -> Model:
    """The model with the hash that its file has now: a linked file may have been exchanged.

    Raises ModelNotFound, ModelDamaged.
    """
    path = Path(model.path)
    if path.is_file() and path.stat().st_mtime_ns == model.mtime_ns and path.stat().st_size == model.size:
        return model
    found = inspect(path)
    if not model.linked and found.sha256 != model.sha256:
        raise ModelDamaged(
            f"The file of the model {model.name!r} was changed in the data folder. Remove the model and add "
            "it again."
        )
    models.note_hash(model.name, found.sha256, path.stat().st_mtime_ns)
    return models.find(model.name, model.kind)


def _check_kind(found: ModelFile, kind: ModelKind, file: Path) -> None:
    if found.adapter and kind is ModelKind.MODEL:
        raise AdapterUnfit(f"{file} is a LoRA adapter and no model. Add it with: incamera models add-adapter")
    if not found.adapter and kind is ModelKind.ADAPTER:
        raise AdapterUnfit(f"{file} is a model and no LoRA adapter. Add it with: incamera models add")


def _check_room(found: ModelFile, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < found.size:
        raise ModelTooLarge(
            f"The copy of {found.size / 2**30:.1f} GiB does not fit on the disk: {free / 2**30:.1f} GiB are "
            "free. Make room, or add it with --link so that the file stays where it is."
        )


def _hashed(file: Path, copy: Path | None, size: int, on_bytes: OnBytes) -> str:
    digest, done = hashlib.sha256(), 0
    with nullcontext() if copy is None else on_disk(copy.parent), ExitStack() as closing:
        target = None if copy is None else closing.enter_context(open_new(copy))
        for block in _blocks(file):
            digest.update(block)
            if target is not None:
                target.write(block)
            done += len(block)
            on_bytes(done, size)
    return digest.hexdigest()


def _blocks(file: Path) -> Iterator[bytes]:
    """The content of a file. Raises ModelDamaged."""
    try:
        with file.open("rb") as source:
            while block := source.read(_AT_ONCE):
                yield block
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise ModelDamaged(f"{file} cannot be read to its end: {reason}. Copy it again.") from error
