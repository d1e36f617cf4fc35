"""Signing on with a provider of one's own, by OpenID Connect: the authorization code flow with PKCE.

It knows the protocol. Pages and cookies are `ui.server`'s, users and roles are `vault.ledger`'s.
"""
