"""Training of the answerer: LoRA weights that make a small language model answer from numbered sentences.

In: rows of sentences with questions and answers. Out: an adapter that llama.cpp loads. `docs/answerer.md`
says how ours was made, and `docs/models.md` how to train one of your own.
"""
