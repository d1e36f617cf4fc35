"""The log of a vault: who did what, when and with what result, in a chain that shows later changes.

In: events, appended in the transaction of what they report. Out: entries, and what a check of the chain
found. Entries hold no words of documents. Words lie beside them, so that a purge can remove them while the
chain still fits.
"""
