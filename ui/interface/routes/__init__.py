"""The interface as a web application: routes under /api, streams of events, errors as JSON.

In: HTTP requests, checked against `ui.interface.schemas`. Out: their results. Which socket it is served on is
not decided here.
"""
