"""The web server: who may enter, which headers every response has, and where uploads go.

In: HTTP requests. Out: the page, for browsers that are signed in.
"""
