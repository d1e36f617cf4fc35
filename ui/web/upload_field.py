"""The field that adds files: a component of our own.

Streamlit's own field sends all files at once and holds them in the server's memory. Ours is written in
`upload_field/field.js` and sends files to `ui.server.upload_routes`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from ui.services.upload_limits import MAX_FILES, UploadLimits

_FOLDER = Path(__file__).parent / "upload_field"
_NAME = "incamera.upload_field"


def upload_field(collection: str, limits: UploadLimits, *, key: str) -> None:
    """Show the field. The page is drawn again when an upload has ended."""
    data = {
        "collection": collection,
        "fileBytes": limits.file_bytes,
        "totalBytes": limits.total_bytes,
        "maxFiles": MAX_FILES,
    }
    _register()
    html = (_FOLDER / "field.html").read_text(encoding="utf-8")
    field = st.components.v2.component(_NAME, html=html, css="field.css", js="field.js")
    field(key=key, data=data, on_ended_change=_redraw)


def _register() -> None:
    """Let Streamlit serve the field's files from addresses.

    It runs scripts that it gets as text from a blob, which our policy forbids. Packages of components
    register their files with a manifest; we do it by code.
    """
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        package, name = _NAME.split(".")
        manifest = ComponentManifest(package, "1", [ComponentConfig(name, _FOLDER.name)])
        manager.register_from_manifest(manifest, _FOLDER.parent)


def _redraw() -> None:
    """Do nothing: that Streamlit calls this makes it draw the page again, which then shows what arrived."""
