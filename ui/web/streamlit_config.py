"""Streamlit's options. They are set by code, so that no configuration file or variable can weaken them."""

from __future__ import annotations

from streamlit import config

ACCENT = "#1f5457"

OPTIONS: dict[str, object] = {
    "global.developmentMode": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",  # a traceback may hold document text
    "client.showErrorLinks": False,  # the links lead to a search engine and a chat service
    "client.toolbarMode": "minimal",
    "client.allowedOrigins": [],
    "client.disableDataExport": False,
    "runner.magicEnabled": False,
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.allowRunOnSave": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.enableXsrfProtection": True,
    "server.xsrfCookieSameSite": "Strict",
    "server.trustedUserHeaders": {},
    "server.scriptHealthCheckEnabled": False,
    "server.baseUrlPath": "",
    "server.maxUploadSize": 1,  # files are sent to our own routes, and never held in memory
    "server.showEmailPrompt": False,
    "theme.base": "light",
    "theme.primaryColor": ACCENT,
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f5f4f0",
    "theme.textColor": "#23282d",
    "theme.linkColor": ACCENT,
    "theme.borderColor": "#dedad2",
    "theme.font": "sans-serif",
    "theme.headingFont": "serif",
    "theme.baseRadius": "0.35rem",
    "theme.showWidgetBorder": True,
}


def set_streamlit_options(host: str, port: int, allowed_hosts: list[str]) -> None:
    """Set all options that matter. Call this after the application object is created, before it serves.

    `allowed_hosts` are the names under which the server answers, without ports.
    """
    own = {"server.address": host, "browser.serverAddress": host, "server.allowedHosts": allowed_hosts}
    for name, value in {**OPTIONS, **own}.items():
        config.set_option(name, value, "incamera")
    config.set_option("server.port", port, "incamera")
    config.set_option("browser.serverPort", port, "incamera")
