"""A made-up vault with many users, each with a token, who may see some of its collections."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.pipeline import Ingest
from vault.access import Action, Role
from vault.bearers import Permission
from vault.embedding.load import load_embedder
from vault.settings import Settings
from vault.vault import Vault

PLACES = (
    "slipway",
    "granary",
    "orchard",
    "tannery",
    "belfry",
    "quarry",
    "dairy",
    "foundry",
    "ropewalk",
    "smithy",
)
_MEMBERSHIPS = 3
_DOCUMENTS = 12
_SEED = "fifty users"


@dataclass(frozen=True, slots=True)
class Matter:
    """A collection and what only its members may read."""

    name: str
    place: str
    password: str


@dataclass(frozen=True, slots=True)
class Member:
    """A user with a token, and the collections that they may see."""

    name: str
    secret: str
    matters: tuple[Matter, ...]


def made_vault(data: Path, folder: Path, users: int, collections: int) -> list[Member]:
    """Make the vault, and return its users with their tokens."""
    chance = random.Random(_SEED)
    settings = Settings(data=data)
    embedder = load_embedder(data / "embedder")
    matters = [
        Matter(f"matter {n:02}", f"{PLACES[n % len(PLACES)]} {n:02}", f"zq{chance.getrandbits(48):012x}")
        for n in range(collections)
    ]
    members = []
    with Vault.create(data, user=settings.user, purpose="bench") as vault:
        for matter in matters:
            vault.create_collection(matter.name, user=settings.user)
            paths = list(written(folder / matter.name, matter, chance))
            with vault.open_collection(matter.name, user=settings.user, action=Action.INGEST) as collection:
                Ingest(collection, embedder, settings).run(paths)
        for number in range(users):
            name = f"user{number:02}"
            vault.members.add_user(name)
            own = tuple(chance.sample(matters, _MEMBERSHIPS))
            for matter in own:
                vault.members.set_member(matter.name, name, Role.CONTRIBUTOR, user=settings.user)
            _, secret = vault.tokens.add(
                "bench", user=name, days=1, permissions=(Permission.SEARCH, Permission.INGEST)
            )
            members.append(Member(name, secret, own))
    return members


def written(folder: Path, matter: Matter, chance: random.Random) -> Iterator[Path]:
    """Write the documents of a collection: one with its password, the others to search through."""
    folder.mkdir(parents=True)
    for number in range(_DOCUMENTS):
        file = folder / f"note {number:02}.txt"
        lines = [
            f"Note {number} on the {matter.place}, week {week}: {chance.randint(2, 90)} sacks were counted, "
            f"and the {chance.choice(PLACES)} gate was painted {chance.choice(('green', 'grey', 'white'))}."
            for week in range(1, 30)
        ]
        if number == 0:
            lines.insert(7, f"The password of the {matter.place} is {matter.password}.")
        file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        yield file
