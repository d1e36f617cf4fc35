"""What is known about open models, and about a model's file before it is loaded.

In: the path of a GGUF file. Out: its family, size, licence, and the memory that it needs.
"""
