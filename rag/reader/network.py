"""The reader's network: the embedding model's encoder over question and passage together, with four heads.

- *relevance*: how relevant the passage is. - *answerable*: whether the passage holds the answer. -
*pointing*: for each token whether it belongs to a sentence that answers, and whether it begins or ends the
words that answer. - *support*: whether the passage supports, contradicts or does not address a statement,
which then stands in the place of the question.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, BertModel
from transformers.utils import logging as transformers_logging

WORD_VECTORS = "encoder.embeddings.word_embeddings.weight"
"""Not trained and not in the artefact: they are those of the embedding model, which is always installed."""


class ReaderNetwork(nn.Module):
    """Takes pairs of question and passage, and returns two tensors of logits.

    The first is (pairs, tokens, 3): evidence, start, end. The second is (pairs, 5): relevance, answerable,
    and the three classes of support.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` holds the embedding model; training starts from its weights."""
        super().__init__()
        # transformers prints a long list of the weights that are not used here.
        transformers_logging.set_verbosity_error()
        transformers_logging.disable_progress_bar()
        config = AutoConfig.from_pretrained(str(folder), local_files_only=True)
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
        self.encoder = BertModel.from_pretrained(
            str(folder), config=config, add_pooling_layer=False, local_files_only=True
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = config.hidden_size
        self.pointing = nn.Linear(width, 3)
        self.matching = nn.Sequential(nn.Linear(4 * width, width), nn.GELU(), nn.Linear(width, 2))
        self.support = nn.Sequential(nn.Linear(4 * width, width), nn.GELU(), nn.Linear(width, 3))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Compute the logits. Each argument is (pairs, tokens).

        Token types are 0 for the question and 1 for the passage.
        """
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        passage = (attention_mask * token_type_ids).unsqueeze(-1).to(states.dtype)
        question = (attention_mask * (1 - token_type_ids)).unsqueeze(-1).to(states.dtype)
        question_mean = (states * question).sum(dim=1) / question.sum(dim=1).clamp(min=1.0)
        passage_mean = (states * passage).sum(dim=1) / passage.sum(dim=1).clamp(min=1.0)
        # A single word of a statement that the passage does not support shows in a maximum, not in a mean.
        question_max = (states + (question - 1.0) * 1e4).amax(dim=1)
        pooled = torch.cat((question_mean, passage_mean, question_mean * passage_mean, question_max), dim=-1)
        return self.pointing(states), torch.cat((self.matching(pooled), self.support(pooled)), dim=-1)

    def learned(self) -> dict[str, Tensor]:
        """Return the reader's own weights by name, without the word vectors."""
        return {name: value for name, value in self.state_dict().items() if name != WORD_VECTORS}

    def load_learned(self, learned: Mapping[str, Tensor]) -> None:
        """Load weights that `learned` returned. Raises RuntimeError when they have other shapes."""
        self.load_state_dict({**learned, WORD_VECTORS: self.state_dict()[WORD_VECTORS]})
