"""The interface for programs, over TCP in the served process: who asks, how much, and in which protocols.

In: HTTP requests with a token, which have passed the gate. Out: the typed routes of `ui.interface.routes`
under `/api`, uploads, and OpenAI's protocol under `/v1`.
"""
