import re

from vault import errors


def test_the_tree_in_the_docstring_has_every_error_in_its_place() -> None:
    drawn: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"^([\s│├└─]*)(\w+)$", line):
            depth = len(found.group(1))
            while path and path[-1][0] >= depth:
                path.pop()
            if path:
                drawn[found.group(2)] = path[-1][1]
            path.append((depth, found.group(2)))
    real = {
        name: value.__mro__[1].__name__
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.IncameraError)
    }
    del real["IncameraError"]
    assert drawn == real
