"""What all errors have in common."""


class IncameraError(Exception):
    """Base of every error that is raised on purpose. Any other exception that escapes is a bug."""

    exit_code = 1
    passing = False
    """Whether work can continue where it stopped once the machine is repaired: a full disk has room again."""
