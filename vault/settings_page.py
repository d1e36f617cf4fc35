"""Generate `docs/settings.md` with: python -m vault.settings_page > docs/settings.md"""

from __future__ import annotations

from pydantic_core import PydanticUndefined

from vault.settings import Settings

_HEAD = """# Settings

Every setting is an environment variable. This page is generated from `vault/settings.py`
(`python -m vault.settings_page > docs/settings.md`).

| variable | default | what it does |
|---|---|---|
"""
_COMPUTED = {"data": "the platform's user data folder", "threads": "the number of cores"}


def settings_page() -> str:
    """Return the page as Markdown."""
    rows = []
    # Those of other files come last: `Settings` takes them over from there.
    for name in sorted(Settings.model_fields, key=lambda name: name not in Settings.__annotations__):
        field = Settings.model_fields[name]
        default = _COMPUTED.get(name)
        if default is None:
            value = field.default
            assert value is not PydanticUndefined, f"describe the default of {name} in _COMPUTED"
            default = "none" if value in (None, ()) else f"`{value}`"
        rows.append(f"| `INCAMERA_{name.upper()}` | {default} | {field.description} |")
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(settings_page(), end="")
