"""`incamera keys`"""

from __future__ import annotations

import typer

from ui.cli.choosing_keys import KeyFileOption, PassphraseOption, choose_secret
from ui.cli.console import output
from ui.cli.passphrase import passphrase_prompt
from vault.errors import EncryptionRefused, KeyUnfit
from vault.keys.header import read_header
from vault.keys.source import KeySource
from vault.settings import Settings

keys = typer.Typer(name="keys", help="The key of an encrypted vault.", no_args_is_help=True)


@keys.callback()
def _keys() -> None:
    """Keep `rotate` a command of its own, though it is the only one."""


@keys.command()
def rotate(key_file: KeyFileOption = None, passphrase: PassphraseOption = False) -> None:
    """Lock the vault with another key file or passphrase. The present one opens it once more, as usual."""
    # Imported here: other commands start in half the time.
    from vault.encryption.rotation import rotate_keys

    settings = Settings.load()
    header = read_header(settings.data)
    if header is None:
        raise EncryptionRefused("This vault is not encrypted. Encrypt it with: incamera encrypt")
    if key_file is None and not passphrase:
        raise KeyUnfit("Say what opens the vault from now on: --key-file FILE or --passphrase")
    # First, so that nobody chooses a new passphrase who does not have the present one.
    source = KeySource.from_settings(settings, passphrase_prompt())
    header.open(source)
    secret = choose_secret(settings.data, key_file, passphrase=passphrase).secret
    rotate_keys(settings.data, source, secret, "incamera keys rotate")
    where = f"The key is in {key_file}" if key_file is not None else "It has the new passphrase"
    output.print(
        f"The vault in {settings.data} has a new key. {where}. Destroy the earlier one, and set "
        "INCAMERA_KEY_FILE if it names it. Backups that were made before still open with the earlier one.",
        markup=False,
    )
