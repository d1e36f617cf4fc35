"""The numbers that were fitted or chosen: how documents are routed, passages ranked, evidence scored.

In: `weights.yaml`, which the commands that fit them write. Out: the numbers, each group with its origin.
"""
