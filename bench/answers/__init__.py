"""Quotes, a language model, and the model with the adapter of our own: whose answers are right."""
