"""The field that files are added with: a component of our own, because Streamlit's takes all files at once
and into the server's memory. What it does is in `upload_field/field.js`; it sends to
`ui.server.upload_routes`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from ui.services.upload_limits import MOST_FILES, UploadLimits

_FOLDER = Path(__file__).parent / "upload_field"
_NAME = "incamera.upload_field"


def upload_field(collection: str, limits: UploadLimits, *, key: str) -> None:
    """Show the field; the page is drawn anew when an upload has ended."""
    data = {
        "collection": collection,
        "fileBytes": limits.file_bytes,
        "totalBytes": limits.total_bytes,
        "mostFiles": MOST_FILES,
    }
    _declare()
    html = (_FOLDER / "field.html").read_text(encoding="utf-8")
    field = st.components.v2.component(_NAME, html=html, css="field.css", js="field.js")
    field(key=key, data=data, on_ended_change=_drawn_anew)


def _declare() -> None:
    """Let Streamlit serve the field's files by address: what it is given as text it would run from a blob,
    which our policy forbids. A package of components says so in a manifest; ours is said here."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        package, name = _NAME.split(".")
        manifest = ComponentManifest(package, "1", [ComponentConfig(name, _FOLDER.name)])
        manager.register_from_manifest(manifest, _FOLDER.parent)


def _drawn_anew() -> None:
    """Nothing more than that: the page looks at what has arrived by itself."""
