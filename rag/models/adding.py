"""Add a GGUF file to the vault: check that it is complete, hash it, and copy or link it."""

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
from vault.files.storage import translate_disk_errors
from vault.ledger.models import Model, ModelKind, ModelStore
from vault.process.clock import utc_now

_BLOCK_BYTES = 1 << 22

OnBytes = Callable[[int, int], None]
"""Called with (bytes read, bytes of the file) while a file is hashed and copied."""


def add_model(
    models: ModelStore,
    file: Path,
    *,
    kind: ModelKind = ModelKind.MODEL,
    name: str | None = None,
    sha256: str | None = None,
    link: bool = False,
    user: str = "",
    threads: int | None = None,
    on_bytes: OnBytes = lambda *_: None,
) -> Model:
    """Add `file` under `name`, by default `plain_name` of its own name, as `user` wants; return the model.

    Before the copy, a model writes a few tokens with `threads` in a process of its own. `sha256` is the hash
    that the file must have; `link` leaves the file where it is.

    Raises ModelNotFound, ModelDamaged (not a complete GGUF file, another hash, cannot be loaded),
    ModelCrashed (that process died), ModelExists, ModelTooLarge (no room for the copy), AdapterUnfit (an
    adapter given as a model, or a model as an adapter), StorageError.
    """
    file = file.absolute()
    found = inspect(file, hashed=False)
    _check_kind(found, kind, file)
    chosen = name or plain_name(file.stem)
    models.check_name(chosen)
    wrote = kind is ModelKind.MODEL and probe(file, threads=threads)
    with translate_disk_errors(models.folder):
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
            added=utc_now(),
        )  # fmt: skip
        models.add(model, user=user)
        if wrote:
            TriedModels(models.folder.parent).add(digest)
        return model
    finally:
        models.sweep()


def plain_name(name: str) -> str:
    """Return the name in lower case, with only letters, digits, full stops, dashes and underscores."""
    return re.sub(r"[^a-z0-9._]+", "-", name.lower()).strip("-._") or "model"


def licence_of(found: ModelFile, file: Path) -> str:
    """Return the licence in the file, or else in its catalogue entry; empty if neither states one."""
    known = known_as(found.name) or known_as(file.stem)
    return found.licence or ("" if known is None else known.licence.id)


def with_current_hash(models: ModelStore, model: Model) -> Model:
    """Return the model with the present hash of its file; a linked file may have been replaced.

    Raises ModelNotFound, and ModelDamaged for a copied file that was changed.
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
    models.set_hash(model.name, found.sha256, path.stat().st_mtime_ns)
    return models.find(model.name, model.kind)


def _check_kind(found: ModelFile, kind: ModelKind, file: Path) -> None:
    if found.adapter and kind is ModelKind.MODEL:
        raise AdapterUnfit(f"{file} is a LoRA adapter, not a model. Add it with: incamera models add-adapter")
    if not found.adapter and kind is ModelKind.ADAPTER:
        raise AdapterUnfit(f"{file} is a model, not a LoRA adapter. Add it with: incamera models add")


def _check_room(found: ModelFile, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < found.size:
        raise ModelTooLarge(
            f"The copy of {found.size / 2**30:.1f} GiB does not fit on the disk: {free / 2**30:.1f} GiB are "
            "free. Make room, or add it with --link so that the file stays where it is."
        )


def _hashed(file: Path, copy: Path | None, size: int, on_bytes: OnBytes) -> str:
    digest, done = hashlib.sha256(), 0
    with nullcontext() if copy is None else translate_disk_errors(copy.parent), ExitStack() as closing:
        target = None if copy is None else closing.enter_context(open_new(copy))
        for block in _blocks(file):
            digest.update(block)
            if target is not None:
                target.write(block)
            done += len(block)
            on_bytes(done, size)
    return digest.hexdigest()


def _blocks(file: Path) -> Iterator[bytes]:
    """Yield the content of a file. Raises ModelDamaged."""
    try:
        with file.open("rb") as source:
            while block := source.read(_BLOCK_BYTES):
                yield block
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise ModelDamaged(f"{file} cannot be read to its end: {reason}. Copy it again.") from error
