"""What a vault remembers of its use, in `vault.db`: answers, jobs, uploads, models, conversations, sessions.

In: records of what happened. Out: the same records, for those who may see them, less what was purged.
"""
