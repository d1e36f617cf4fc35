"""Switch off telemetry, hub access and adverts of every library, before any of them is imported.

Importing `vault` (which every package does first) applies this to the process and, through the
environment, to its children.
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
    "ORT_DISABLE_TELEMETRY": "1",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "STREAMLIT_SERVER_HEADLESS": "true",
    "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
    "STREAMLIT_BROWSER_SERVER_ADDRESS": "127.0.0.1",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
}

SENDERS = ("openvino_telemetry",)
"""Packages that do nothing but send, and that no variable silences: they cannot be imported. OpenVINO goes
without it; with it, each import gives this machine an identity in the home folder, and a fork of the process,
made beside its threads, reports to Google."""


def go_offline() -> None:
    """Put `OFFLINE_ENVIRONMENT` into this process's environment, over whatever stood there, and keep
    `SENDERS` from being imported.

    It overrides: a shell profile that turns tracing on would otherwise send document text away.
    """
    os.environ.update(OFFLINE_ENVIRONMENT)
    for name in SENDERS:
        sys.modules[name] = None  # type: ignore[assignment]  # as the import system documents it
