"""Run a command where the only route leads into this process, which writes down whatever comes.

    unshare -rn python -m tests.logged_route LOG COMMAND…

It must run in a network namespace of its own. LOG gets a line for each packet: protocol, destination, and
the name that is looked up.
"""

from __future__ import annotations

import fcntl
import ipaddress
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path

_TUNSETIFF = 0x400454CA
_IFF_TUN, _IFF_NO_PI = 0x0001, 0x1000
_ICMPV6, _UDP = 58, 17
_DNS = (53).to_bytes(2, "big")
_SET_UP = """
ip link set lo up
echo 1 >/proc/sys/net/ipv6/conf/out0/addr_gen_mode 2>/dev/null || true
ip addr add 192.0.2.2/24 dev out0
ip -6 addr add 2001:db8::2/64 dev out0 nodad 2>/dev/null || true
ip link set out0 up
ip route add default dev out0
ip -6 route add default dev out0 2>/dev/null || true
"""


def destination(packet: bytes) -> str:
    """Return protocol and destination of an IP packet; empty for what the kernel says of itself."""
    if packet[0] >> 4 == 4:
        start = (packet[0] & 15) * 4
        is_lookup = packet[9] == _UDP and packet[start + 2 : start + 4] == _DNS
        name = f" {_name(packet[start + 20 :])}" if is_lookup else ""
        return f"{packet[9]} {ipaddress.IPv4Address(packet[16:20])}{name}"
    # Which groups the kernel listens to, it says unasked, to all of its network.
    after = packet[40] if packet[6] == 0 else packet[6]
    return "" if after == _ICMPV6 else f"{packet[6]} {ipaddress.IPv6Address(packet[24:40])}"


def _name(question: bytes) -> str:
    """Return the name that is looked up."""
    labels = []
    while question and (length := question[0]):
        labels.append(question[1 : 1 + length].decode("ascii", "replace"))
        question = question[1 + length :]
    return ".".join(labels)


def main() -> int:
    """Run the command and return its exit code."""
    log, *command = sys.argv[1:]
    route = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(route, _TUNSETIFF, struct.pack("16sH", b"out0", _IFF_TUN | _IFF_NO_PI))
    subprocess.run(["sh", "-ec", _SET_UP], check=True)

    def write_down() -> None:
        with Path(log).open("a") as file:
            while True:
                if line := destination(os.read(route, 65536)):
                    file.write(line + "\n")
                    file.flush()

    threading.Thread(target=write_down, daemon=True).start()
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
