"""The reader's network: the embedding model's encoder, read across question and passage, with four heads.

Heads: *relevance* of the passage; *answerable*: whether the answer stands in it; *pointing*: for each token
how far it belongs to a sentence that answers, begins and ends the words that answer; *support*: whether the
passage supports, contradicts or does not address a statement that stands in the question's place.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, BertModel
from transformers.utils import logging as transformers_logging

SUPPORTS = ("supported", "contradicted", "not_addressed")
"""What the support head tells apart, in its order."""
WORD_VECTORS = "encoder.embeddings.word_embeddings.weight"
"""Not trained and not in the artefact: they are those of the embedding model, which is installed beside."""


class ReaderNetwork(nn.Module):
    """Returns ((pairs, tokens, 3): evidence, start, end; (pairs, 5): relevance, answerable, support × 3),
    all logits."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the embedding model's; its weights are where training starts."""
        super().__init__()
        # It tells at length which of the embedding model's weights are not used here.
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
        """Each argument (pairs, tokens); kinds are 0 for the question, 1 for the passage."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        passage = (attention_mask * token_type_ids).unsqueeze(-1).to(states.dtype)
        question = (attention_mask * (1 - token_type_ids)).unsqueeze(-1).to(states.dtype)
        asked = (states * question).sum(dim=1) / question.sum(dim=1).clamp(min=1.0)
        read = (states * passage).sum(dim=1) / passage.sum(dim=1).clamp(min=1.0)
        # One word of a statement that nothing carries shows in its strongest sign, not in a mean.
        strongest = (states + (question - 1.0) * 1e4).amax(dim=1)
        pooled = torch.cat((asked, read, asked * read, strongest), dim=-1)
        return self.pointing(states), torch.cat((self.matching(pooled), self.support(pooled)), dim=-1)

    def learned(self) -> dict[str, Tensor]:
        """The weights that are the reader's own, by name."""
        return {name: value for name, value in self.state_dict().items() if name != WORD_VECTORS}

    def put(self, learned: Mapping[str, Tensor]) -> None:
        """Take the weights that `learned` gave; raises RuntimeError when they are of another shape."""
        self.load_state_dict({**learned, WORD_VECTORS: self.state_dict()[WORD_VECTORS]})
