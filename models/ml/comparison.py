"""Weighs how well a description fits an item, with the reasons in words. 1.0 is the item's own text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from models.ml.descriptions import Described
from models.ml.goods import Goods
from models.ml.sizes import Compared, Size, compare
from models.ml.traits import trait_of

#: What the text asks for counts more than what it leaves out: people shorten.
_ASKED, _TOLD = 0.75, 0.25
#: A word that is asked for and not there weighs more than its share: it may be the one that tells two things apart.
_STRICT = 1.5
#: A size, colour or material that contradicts leaves less than half: such a pair must never be near acceptance.
_CONTRADICTION, _FURTHER = 0.45, 0.7
_OTHER_TRAIT = 0.55
_UNSTATED, _UNSTATED_DIMENSION, _UNASKED, _UNASKED_STANDARD = 0.85, 0.7, 0.95, 0.98
_OTHER_MAKER, _TURNED = 0.8, 0.8
#: From this likeness on a word is met, and from that one to the letter but for its ending. No word is spelt like the third.
_MET, _TO_THE_LETTER, _UNHEARD = 0.7, 0.98, "\0"
#: Nothing but the item's own text is certain.
_NEARLY = 0.99

Likenesses = Mapping[str, Mapping[str, float]]


class Parts(NamedTuple):
    """What a score is made of. Shares and factors are 0 to 1: `met` the share of what is asked that the text has, `told` the
    share of the text that was asked, both by what the words tell; `worst` how well the asked word that fits worst fits;
    `missed` and `surplus` the shares of the one word that the text lacks, or has unasked, and that tells most. `further`
    counts the traits that nobody asked for, the rest are numbers of sizes."""

    met: float
    told: float
    worst: float
    missed: float
    surplus: float
    further: int
    sizes: float
    traits: float
    absence: float
    maker: float
    agreed: int
    contradicted: int
    unstated: int
    unasked: int


_SAME = Parts(1.0, 1.0, 1.0, 0.0, 0.0, 0, 1.0, 1.0, 1.0, 1.0, 0, 0, 0, 0)
_NOTHING = Parts(0.0, 0.0, 0.0, 1.0, 1.0, 0, 1.0, 1.0, 1.0, 1.0, 0, 0, 0, 0)


class Gaps(NamedTuple):
    """What is lacking between the words of a line and of a text. `lacked` counts asked words that the text has not, `spare` its
    words that nobody asked for, `unheard` asked words that are like nothing of ours; `heaviest` is what the lacked word that
    tells most tells, and `sure` what the words that are met to the letter tell, against a word that nothing bears. The others
    say how well the words at both ends fit: the last names the thing in English, the first in French."""

    lacked: int = 0
    spare: int = 0
    unheard: int = 0
    heaviest: float = 0.0
    sure: float = 0.0
    first_met: float = 0.0
    last_met: float = 0.0
    first_told: float = 0.0
    last_told: float = 0.0


_NO_GAPS = Gaps()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A score from 0 to 1 with its parts and its reasons, the weightiest first; `missed` are the asked words that it lacks."""

    score: float
    reasons: tuple[str, ...]
    parts: Parts
    gaps: Gaps = _NO_GAPS
    missed: tuple[str, ...] = ()


class Searched(Protocol):
    """An item with its texts taken apart, and the words of its maker, category and numbers."""

    @property
    def goods(self) -> Goods: ...

    @property
    def texts(self) -> tuple[Described, ...]: ...

    @property
    def extra(self) -> frozenset[str]: ...

    @property
    def makers(self) -> frozenset[str]: ...

    @property
    def traits(self) -> Mapping[str, frozenset[str]]: ...


class Vocabulary(Protocol):
    """What words tell, and who makes the goods."""

    @property
    def makers(self) -> frozenset[str]: ...

    def weight(self, word: str) -> float: ...


def weigh(vocabulary: Vocabulary, asked: Described, alike: Likenesses, known: Searched, code: str | None) -> Weighed:
    """The best fit over the item's languages. `code` is a number of the item's that stood in the text beside `asked`."""
    fits = [_fit(vocabulary, asked, alike, known, text) for text in known.texts]
    best = max(fits, key=lambda fit: fit.score, default=Weighed(0.0, (), _NOTHING))
    if code is None:
        return best
    # A number of the item's own says more than words, as far as the words do not contradict it.
    score = max(best.score, 0.45 + 0.5 * best.score) if asked.words or asked.sizes else 0.95
    return replace(best, score=score, reasons=(f"its number {code[:40]} stands in the text", *best.reasons))


def _fit(vocabulary: Vocabulary, asked: Described, alike: Likenesses, known: Searched, text: Described) -> Weighed:
    if asked.text == text.text:
        return Weighed(1.0, ("the same text",), _SAME)
    words = _word_fit(vocabulary.weight, asked, alike, text, known)
    compared = compare(asked.sizes, text.sizes)
    sizes, size_reasons = _size_fit(compared, known.goods)
    traits, trait_reasons = _trait_fit(asked, known)
    absence, absence_reasons = _absence_fit(asked, alike, known)
    maker, maker_reasons = _maker_fit(vocabulary, asked, known)
    score = min(words.score * sizes * traits * absence * maker, _NEARLY)
    parts = Parts(
        met=words.met,
        told=words.told,
        worst=words.worst,
        missed=words.missed,
        surplus=words.surplus,
        further=sum(len(own - asked.traits.get(group, frozenset())) for group, own in known.traits.items()),
        sizes=sizes,
        traits=traits,
        absence=absence,
        maker=maker,
        agreed=len(compared.agreed),
        contradicted=len(compared.contradicted),
        unstated=len(compared.unstated),
        unasked=len(compared.unasked),
    )
    reasons = (*size_reasons, *trait_reasons, *absence_reasons, *maker_reasons, *words.reasons)[:6]
    return Weighed(score, reasons, parts, words.gaps, words.missing)


@dataclass(frozen=True, slots=True)
class _WordFit:
    score: float
    met: float
    told: float
    worst: float
    missed: float
    surplus: float
    reasons: tuple[str, ...] = ()
    gaps: Gaps = _NO_GAPS
    missing: tuple[str, ...] = ()


def _word_fit(weight: Callable[[str], float], asked: Described, alike: Likenesses, text: Described, known: Searched) -> _WordFit:
    """The shares of the asked words that the text has and of the text's words that were asked, by what they tell."""
    if not asked.words:
        share = 0.6 if asked.values & text.values else 0.0
        return _WordFit(share, share, share, share, 1 - share, 1 - share)
    also = known.extra.union(*(other.words for other in known.texts if other is not text))
    # Most words of goods that were found stand there as they were asked for, and need no comparing.
    met = {
        word: 1.0
        if word in text.words or _shares_trait(word, known.traits)
        else max(_best(alike[word], text.words), 0.95 * _best(alike[word], also))
        for word in asked.words
    }
    told = {
        word: 1.0
        if word in asked.words or _shares_trait(word, asked.traits)
        else max((alike[other].get(word, 0.0) for other in asked.words), default=0.0)
        for word in text.words
    }
    met_share, told_share = _share(met, weight), _share(told, weight)
    agreed = [word for word, likeness in met.items() if likeness >= _MET]
    missed = [word for word, likeness in met.items() if likeness < _MET]
    reasons = [f"words agree: {', '.join(agreed[:6])}"] if agreed else []
    reasons += [f"not in its text: {', '.join(missed[:4])}"] if missed else []
    score = _ASKED * met_share**_STRICT + _TOLD * told_share
    gaps = _gaps(weight, alike, met, told)
    worst, most = min(met.values()), _most_lacking(met, weight)
    return _WordFit(score, met_share, told_share, worst, most, _most_lacking(told, weight), tuple(reasons), gaps, tuple(missed))


def _gaps(weight: Callable[[str], float], alike: Likenesses, met: Mapping[str, float], told: Mapping[str, float]) -> Gaps:
    lacked = [word for word, likeness in met.items() if likeness < _MET]
    asked, own = list(met.values()), list(told.values()) or [0.0]
    most = weight(_UNHEARD)
    return Gaps(
        lacked=len(lacked),
        spare=sum(likeness < _MET for likeness in told.values()),
        unheard=sum(not alike[word] for word in lacked),
        heaviest=max(map(weight, lacked), default=0.0) / most,
        sure=sum(weight(word) for word, likeness in met.items() if likeness >= _TO_THE_LETTER) / most,
        first_met=asked[0],
        last_met=asked[-1],
        first_told=own[0],
        last_told=own[-1],
    )


def _most_lacking(likenesses: Mapping[str, float], weight: Callable[[str], float]) -> float:
    """The share of the word whose absence tells most."""
    whole = sum(map(weight, likenesses))
    return max((weight(word) * (1 - likeness) for word, likeness in likenesses.items()), default=0.0) / whole if whole else 0.0


def _shares_trait(word: str, traits: Mapping[str, frozenset[str]]) -> bool:
    """Whether the word names a trait that the other side names too, in whatever language."""
    named = trait_of(word)
    return named is not None and named[1] in traits.get(named[0], ())


def _best(likenesses: Mapping[str, float], words: Collection[str]) -> float:
    if not likenesses:
        return 0.0
    if len(words) > len(likenesses):
        return max((how for word, how in likenesses.items() if word in words), default=0.0)
    return max((likenesses.get(word, 0.0) for word in words), default=0.0)


def _share(likenesses: Mapping[str, float], weight: Callable[[str], float]) -> float:
    whole = sum(weight(word) for word in likenesses)
    return sum(weight(word) * likeness for word, likeness in likenesses.items()) / whole if whole else 1.0


def _size_fit(compared: Compared, goods: Goods) -> tuple[float, tuple[str, ...]]:
    packed = [size for size in compared.unstated if size.is_count and size.value in goods.packs]
    unstated = [size for size in compared.unstated if not size.is_count]
    reasons = [f"size {mine.shown} differs: {other.shown}" for mine, other in compared.contradicted]
    against = {mine.shown for mine, _ in compared.contradicted}
    reasons += [f"size {size.shown} agrees" for size in compared.agreed if size.shown not in against]
    reasons += [f"pack of {size.value} agrees" for size in packed]
    reasons += [f"size {size.shown} is not in its text" for size in unstated]
    factor = _CONTRADICTION * _FURTHER ** (len(compared.contradicted) - 1) if compared.contradicted else 1.0
    if compared.is_turned:
        factor *= _TURNED
        reasons.append("the dimensions stand the other way round")
    for size in unstated:
        factor *= _UNSTATED_DIMENSION if size.is_dimension else _UNSTATED
    return factor * _unasked(compared.unasked), tuple(dict.fromkeys(reasons))[:4]


def _unasked(sizes: Iterable[Size]) -> float:
    """A size of the item's that was not asked for may be the wrong one: the more of them, the less sure."""
    factor = 1.0
    for size in sizes:
        factor *= _UNASKED_STANDARD if size.is_standard else _UNASKED
    return max(factor, 0.75)


def _trait_fit(asked: Described, known: Searched) -> tuple[float, tuple[str, ...]]:
    factor = 1.0
    reasons: list[str] = []
    for group, traits in asked.traits.items():
        own = known.traits.get(group)
        if own is None:
            continue
        if traits & own:
            factor *= 1.0 if traits <= own else 0.9
            reasons.append(f"{group} {' and '.join(sorted(traits & own))} agrees")
        else:
            factor *= _OTHER_TRAIT
            reasons.append(f"{group} differs: {' and '.join(sorted(traits))} asked, {' and '.join(sorted(own))} ours")
    return factor, tuple(reasons)


def _absence_fit(asked: Described, alike: Likenesses, known: Searched) -> tuple[float, tuple[str, ...]]:
    """What one side has and the other is expressly without."""
    for text in known.texts:
        lacked = [word for word in asked.words if text.absent & alike[word].keys()]
        lacked += sorted(asked.absent & set(text.words))
        if lacked:
            return _OTHER_TRAIT, (f"with and without {lacked[0]} differ",)
    return 1.0, ()


def _maker_fit(vocabulary: Vocabulary, asked: Described, known: Searched) -> tuple[float, tuple[str, ...]]:
    named = (vocabulary.makers & set(asked.words)) - {word for text in known.texts for word in text.words}
    if not named or not known.makers:
        return 1.0, ()
    if named & known.makers:
        return 1.0, (f"made by {known.goods.manufacturer}",)
    return _OTHER_MAKER, (f"made by {known.goods.manufacturer}, not {', '.join(sorted(named))}",)
