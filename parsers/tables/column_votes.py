"""The learned vote on columns that no list and no rule names: a logistic regression over what they look like.

It was trained on drawn layouts whose heads were replaced, removed or misspelt (see its card). A vote is no proof: what it
names is read with doubt, until arithmetic bears it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp

from pydantic import ValidationError

from models.contracts.model_card import trained_file
from models.domain.errors import Misconfigured
from models.domain.values import Value
from parsers.tables.column_features import FEATURES, ROLES, Table, features, looks

FILE = "columns.json"
#: Discounts and price bases change what is paid, and look like tax rates and packs: no vote makes a column one.
_VOTABLE = frozenset(ROLES) - {"other", "discount_percent", "price_basis_quantity"}


class ColumnVotes(Value):
    """Weights by role: one for each feature and one more; features are centred by `means` and scaled by `spreads` first.

    From `accept` on a vote counts.
    """

    accept: float
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def shares(self, figures: Sequence[float]) -> dict[str, float]:
        """How likely each role is; together 1."""
        scaled = [(figure - mean) / spread for figure, mean, spread in zip(figures, self.means, self.spreads, strict=True)]
        sums = {
            role: own[-1] + sum(weight * figure for weight, figure in zip(own, scaled, strict=False))
            for role, own in self.weights.items()
        }
        most = max(sums.values())
        powers = {role: exp(whole - most) for role, whole in sums.items()}
        whole = sum(powers.values())
        return {role: power / whole for role, power in powers.items()}


@cache
def shipped_votes() -> ColumnVotes:
    """The weights that come with the program. Raises `Misconfigured` where they are not those that were shipped."""
    return loaded_votes(FILE, FEATURES)


def loaded_votes(file: str, measured: tuple[str, ...]) -> ColumnVotes:
    """The weights of one file, whose features are those that this release has `measured`. Raises `Misconfigured` where they are
    not those that were shipped."""
    content, card = trained_file(resources.files("parsers") / "learnt", file)
    try:
        votes = ColumnVotes.model_validate_json(content)
    except ValidationError as error:
        raise Misconfigured(f"the weights of {file} are of another release: {error}. Install orderwright again.") from error
    if card.features != measured:
        raise Misconfigured(f"{file} was trained for other features than this release measures: train it anew.")
    return votes


def voted(table: Table, heads: Mapping[int, str], claimed: frozenset[str], by: ColumnVotes) -> Iterator[tuple[int, str, float]]:
    """What the open columns (`heads` by index) are voted to be, the surest first: (index, role, share). Each role that is
    given counts as `claimed` for those that follow; a column that is most likely something else is left out."""
    open_columns = {index: looks(table, index, head) for index, head in heads.items() if index < table.width}
    while open_columns:
        shares = {index: by.shares(features(own, claimed)) for index, own in open_columns.items()}
        index, role = max(
            ((index, role) for index, own in shares.items() for role in own if role not in claimed),
            key=lambda each: shares[each[0]][each[1]],
        )
        share = shares[index][role]
        if share < by.accept:
            return
        del open_columns[index]
        if role in _VOTABLE:
            claimed |= {role}
            yield index, role, share
