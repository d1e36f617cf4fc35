#!/usr/bin/env bash
# Shows that nothing leaves the machine: ingests the sample documents and asks a question under strace,
# lists where every connect, sendto and sendmsg of every process went, and fails when one went elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-.venv/bin/python}"

command -v strace >/dev/null || { echo "strace is missing. Install it: apt-get install strace"; exit 2; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export INCAMERA_DATA="$work/data"
calls="$work/calls"
mkdir "$calls"

# One file per process (-ff): lines of different processes cannot run into each other.
watch=(strace -ff -qq -e "trace=connect,sendto,sendmsg,sendmmsg" -e signal=none)
loopback='inet_addr\("127\.|inet_pton\(AF_INET6, "::1"|"::ffff:127\.'
internet='AF_INET6?[,})]'

# The trap itself first: choosing a peer for a UDP socket sends nothing, and must be seen. 192.0.2.1 and
# 2001:db8::1 are addresses that exist in documentation only.
"${watch[@]}" -o "$work/trap" "$python" -c '
import contextlib, socket
for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as peer:
        peer.connect((address, 9))'
[ "$(cat "$work"/trap* | grep -E "$internet" | grep -cvE "$loopback")" = 2 ] \
  || { echo "strace does not show connections here, so nothing can be shown with it."; exit 1; }

traced() {
  local code=0
  "${watch[@]}" -o "$calls/$1" "$python" -m ui.cli "${@:2}" >"$work/said" 2>&1 || code=$?
  # 1: a file failed. One sample is a scan without text, and rightly fails.
  [ "$code" -le 1 ] || { cat "$work/said"; echo "incamera ${*:2} ended with exit code $code."; exit 1; }
}

traced init init
traced ingest ingest sample_docs/legal sample_docs/medical
traced ask ask "Within how many days must an undisputed Tolvane invoice be paid, as amended?"
tail -n 3 "$work/said"

cat "$calls"/* >"$work/all"
# A call on a socket that is connected already names no address (NULL): the connect before it was judged.
of_kind() { grep -E "$1" "$work/all" || true; }
addresses="$(of_kind "$internet")"
elsewhere="$(grep -vE "$loopback" <<<"$addresses" || true)"
other="$(of_kind 'sa_family=|AF_' | grep -vE 'AF_(UNIX|LOCAL|NETLINK|INET6?|UNSPEC)' || true)"
count() { grep -c . || true; }

echo
echo "Processes and threads:       $(find "$calls" -type f | wc -l)"
echo "Local sockets (AF_UNIX):     $(of_kind 'AF_UNIX|AF_LOCAL' | count)"
echo "Kernel (AF_NETLINK):         $(of_kind 'AF_NETLINK' | count)"
echo "Already connected, pairs:    $(of_kind '(sendto|sendmsg|sendmmsg)\(.*NULL' | count)"
echo "Loopback:                    $(grep -cE "$loopback" <<<"$addresses" || true)"
echo "Other kinds of address:      $(count <<<"$other")"
echo "Other internet addresses:    $(count <<<"$elsewhere")"
if [ -n "$elsewhere$other" ]; then
  echo
  echo "These left the machine, or might have:"
  printf '%s\n' "$elsewhere" "$other" | grep .
  exit 1
fi
echo "Nothing left the machine."
