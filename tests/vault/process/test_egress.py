import socket
import subprocess
import sys

import pytest

from tests.waiting import PATIENCE
from vault.errors import EgressRefused
from vault.process.egress import is_allowed

ADDRESS = "192.0.2.1"  # reserved for documentation: no host has it


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.10", "[::1]", ""])
def test_this_machine_is_allowed(host: str) -> None:
    assert is_allowed(host)


@pytest.mark.parametrize("host", [ADDRESS, "10.0.0.1", "example.org", "2001:db8::1", "localhost.example.org"])
def test_every_other_host_is_refused(host: str) -> None:
    assert not is_allowed(host)


def test_a_connection_elsewhere_is_refused_before_it_is_tried() -> None:
    with socket.socket() as outgoing, pytest.raises(EgressRefused, match=ADDRESS):
        outgoing.connect((ADDRESS, 443))


def test_a_datagram_elsewhere_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outgoing, pytest.raises(EgressRefused):
        outgoing.sendto(b"x", (ADDRESS, 53))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(EgressRefused, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_a_host_in_the_settings_is_allowed() -> None:
    code = (
        "import socket; from vault.process.egress import guard_egress; guard_egress(['models.house'])\n"
        "try: socket.getaddrinfo('models.house', 443)\n"
        "except socket.gaierror: print('looked up')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout == "looked up\n"


def test_importing_the_vault_switches_telemetry_off_whatever_the_shell_says() -> None:
    code = "import vault, os; print(os.environ['LANGSMITH_TRACING'], os.environ['DO_NOT_TRACK'])"
    environment = {"PATH": "", "LANGSMITH_TRACING": "true", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stdout == "false 1\n"
