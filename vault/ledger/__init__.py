"""What a vault stores about its use: members, records, jobs, uploads, models, conversations, sessions.

All of it is in `vault.db`, except the uploaded files and model files themselves. In: what users do. Out: the
same, for users who may see it, without the words of purged documents.
"""
