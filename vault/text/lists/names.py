"""Words that stand before and after names: forms of address, offices, forms of companies."""

from __future__ import annotations

TITLES = frozenset("dr mr mrs ms mx miss prof professor sir madam".split())
"""Forms of address before a name."""

FOREIGN_TITLES = frozenset("herr herrn frau monsieur madame mme mlle".split())
"""German and French ones."""

TITLES_OF_NURSES = frozenset("sr sn hca".split())
"""Short forms before the names of nurses: sister, staff nurse, health care assistant."""

OFFICES = frozenset("sister judge justice lord lady captain".split())
"""Offices and ranks before a name; without one they are common words."""

COMPANY_FORMS = ("Inc", "LLC", "Ltd", "LLP", "Limited", "Corp", "GmbH", "PLC")
"""What stands after the name of a company."""

LOOSE_COMPANY_FORMS = ("Corporation", "Company", "Co", "LP", "AG")
"""More of them, which mean other things too."""

TITLE_BEFORE = rf"(?:{'|'.join(sorted(word.capitalize() for word in TITLES | OFFICES))})"
"""A pattern for a title or an office with a capital."""
