"""What travels over the interface: requests, results, events and errors, each with its type.

In: nothing. Out: models of pydantic, whose JSON is what `--json` prints. A dataclass of another package that
has the right form is used as it is.
"""
