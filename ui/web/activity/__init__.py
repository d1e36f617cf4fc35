"""The Activity page: the log for those who may read it, its check, the records of answers and their replay.

In: what the user selects. Out: what the page shows. Who may see what is decided in `vault.ledger.auditing`.
"""
