"""One user of a server: asks, sends files, and looks for what they must not see."""

from __future__ import annotations

import json
import random
import threading
import time

import httpx

from bench.many_users.measured import Measured
from bench.many_users.vault import Matter, Member

_OTHERS_SHARE, _UPLOAD_SHARE = 0.15, 0.1


class Visitor(threading.Thread):
    """One user: asks and sends files until the time is over."""

    def __init__(
        self,
        member: Member,
        matters: list[Matter],
        address: str,
        until: float,
        pause: float,
        measured: Measured,
    ) -> None:
        super().__init__(daemon=True)
        self._member, self._matters, self._until, self._pause = member, matters, until, pause
        self._measured = measured
        self._chance = random.Random(member.name)
        self._client = httpx.Client(
            base_url=address, headers={"Authorization": f"Bearer {member.secret}"}, timeout=300
        )

    def run(self) -> None:
        """Act, wait, and act again."""
        others = [one for one in self._matters if one not in self._member.matters]
        with self._client:
            while time.monotonic() < self._until:
                time.sleep(min(self._chance.expovariate(1 / self._pause), 5 * self._pause))
                own = self._chance.choice(self._member.matters)
                act, number = self._chance.random(), self._chance.getrandbits(32)
                try:
                    if act < _UPLOAD_SHARE:
                        self._send(own, number)
                    elif act < _UPLOAD_SHARE + _OTHERS_SHARE:
                        other = self._chance.choice(others)
                        self._ask(other, [other.name] if self._chance.random() < 0.5 else [], own=False)
                    else:
                        self._ask(own, [own.name] if self._chance.random() < 0.7 else [], own=True)
                except httpx.HTTPError as error:
                    self._note_failure(f"{type(error).__name__}: {error}")

    def _ask(self, about: Matter, collections: list[str], *, own: bool) -> None:
        asked = {"question": f"What is the password of the {about.place}?", "collections": collections}
        begun = time.monotonic()
        reply = self._client.post("/api/answers", json=asked)
        seconds = time.monotonic() - begun
        self._look_for_leaks(reply.text)
        expected = 404 if collections and not own else 200
        with self._measured.lock:
            self._measured.statuses[f"answer {reply.status_code}"] += 1
        if reply.status_code != expected:
            self._note_failure(f"answer: {reply.status_code} instead of {expected}: {reply.text[:200]}")
            return
        if reply.status_code != 200:
            return
        end = json.loads(reply.text.strip().split("\n")[-1])
        if end["event"] != "end":
            self._note_failure(f"answer: {reply.text[-300:]}")
            return
        with self._measured.lock:
            self._measured.evidence_ms.append(float(end["answer"]["timing"]["evidence_ms"]))
            self._measured.answer_seconds.append(seconds)
            self._measured.asked_own += own
            self._measured.right += own and about.password in reply.text

    def _send(self, matter: Matter, number: int) -> None:
        content = (
            f"A word from {self._member.name}: {number} loads went through the {matter.place}.\n".encode()
        )
        files = [{"name": f"sent {number}.txt", "size": len(content)}]
        announced = self._client.post("/api/uploads", json={"collection": matter.name, "files": files})
        replies = [announced]
        if announced.status_code == 200:
            upload = announced.json()["upload"]
            replies.append(self._client.put(f"/api/uploads/{upload}/0", content=content))
            replies.append(self._client.post(f"/api/uploads/{upload}/finish", json={}))
        for reply in replies:
            with self._measured.lock:
                self._measured.statuses[f"upload {reply.status_code}"] += 1
            if reply.status_code >= 300:
                self._note_failure(f"upload: {reply.status_code} {reply.text[:200]}")

    def _look_for_leaks(self, text: str) -> None:
        for matter in self._matters:
            if matter not in self._member.matters and matter.password in text:
                with self._measured.lock:
                    self._measured.leaks.append(f"{self._member.name} saw {matter.name}")

    def _note_failure(self, what: str) -> None:
        with self._measured.lock:
            self._measured.failures.append(what)
