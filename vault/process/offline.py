"""Switch off telemetry, access to model hubs and adverts of all libraries, before any of them is imported.

Importing `vault`, which every package does first, applies this to the process and, through the environment,
to its child processes.
"""

from __future__ import annotations

import os
import sys

OFFLINE_ENVIRONMENT: dict[str, str] = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "1",
    "UNSTRUCTURED_DISABLE_NOTICE": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_TELEMETRY_ENABLED": "False",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "OTEL_SDK_DISABLED": "true",
    "FASTAPI_OTEL_AUTO_CONFIGURE": "false",
    "ORT_DISABLE_TELEMETRY": "1",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "STREAMLIT_SERVER_HEADLESS": "true",
    "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
    "STREAMLIT_BROWSER_SERVER_ADDRESS": "127.0.0.1",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
}

TELEMETRY_PACKAGES = ("openvino_telemetry",)
"""Packages that only send data and have no switch. They are made impossible to import. OpenVINO works without
its package. With it, every import writes an id for this machine into the home folder, and forks a process
that reports to Google."""


def go_offline() -> None:
    """Set `OFFLINE_ENVIRONMENT` in this process's environment, and block the import of `TELEMETRY_PACKAGES`.

    Existing values are replaced: a shell profile that switches tracing on would otherwise send text of
    documents away.
    """
    os.environ.update(OFFLINE_ENVIRONMENT)
    for name in TELEMETRY_PACKAGES:
        sys.modules[name] = None  # type: ignore[assignment]  # as the import system documents it
