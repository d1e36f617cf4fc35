"""OpenAI's protocol for chats, so that existing clients can ask a collection.

In: chat completions. Out: answers in the shape of OpenAI's, with citations as an extension.
"""
