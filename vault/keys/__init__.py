"""The keys of an encrypted vault: a key file or passphrase opens the vault's key, which opens all others.

In: where the key comes from. Out: the keys of the databases, originals and uploads.
"""
