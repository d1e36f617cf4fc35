"""The web server: who comes in, what every response carries, where uploads go.

In: HTTP requests. Out: pages for those who are signed in.
"""
