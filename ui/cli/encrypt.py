"""`incamera encrypt`"""

from __future__ import annotations

import typer

from ui.cli.choosing_keys import KeyFileOption, PassphraseOption, choose_secret
from ui.cli.console import output, say
from ui.cli.passphrase import passphrase_prompt
from vault.errors import EncryptionRefused
from vault.keys.header import read_header
from vault.keys.source import KeySource
from vault.settings import Settings


def encrypt(
    key_file: KeyFileOption = None,
    passphrase: PassphraseOption = False,
    yes: bool = typer.Option(False, "--yes", "-y", help="Do not ask whether there is a backup."),
) -> None:
    """Encrypt the vault that is there. An interrupted encryption is finished by the same command.

    Every file is encrypted in its place, and the plain one is overwritten and removed. No other process may
    use the vault meanwhile.
    """
    # Imported here: other commands start in half the time.
    from vault.encryption.encrypt import encrypt_vault
    from vault.vault import Vault

    settings = Settings.load()
    source, header = KeySource.from_settings(settings, passphrase_prompt()), read_header(settings.data)
    if header is not None:
        # Finished with the key that it was begun with; it refuses a vault that is encrypted already.
        if key_file is not None:
            source = KeySource(key_file, ask=source.ask)
        encrypt_vault(settings.data, None, source, "incamera encrypt", _report)
    else:
        if key_file is None and not passphrase:
            raise EncryptionRefused(
                "Say what opens the vault from now on: incamera encrypt --key-file FILE, or --passphrase"
            )
        with Vault(settings.data, purpose="incamera encrypt"):
            pass  # finishes what was interrupted, so that all of it is in its place
        if not yes:
            typer.confirm("Is there a backup of the data folder, on an encrypted disk?", abort=True, err=True)
        secret = choose_secret(settings.data, key_file, passphrase=passphrase).secret
        encrypt_vault(settings.data, secret, source, "incamera encrypt", _report)
    output.print(f"The vault in {settings.data} is encrypted.", markup=False)


def _report(done: int, total: int) -> None:
    if done < total:
        say(f"Encrypting collection {done + 1} of {total}.")
