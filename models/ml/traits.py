"""Words that tell one variant of a thing from another, in English, German and French: colour, material, side, fit.

Two texts that name different traits of one group speak of different things, however alike their other words are.
"""

from __future__ import annotations

from functools import lru_cache

#: group -> trait -> beginnings of words, folded (no accents, lower case). A beginning that ends in "$" is a whole word.
TRAITS: dict[str, dict[str, tuple[str, ...]]] = {
    "colour": {
        "black": ("black", "schwarz", "noir"),
        "white": ("white", "weiss", "blanc"),
        "grey": ("grey", "gray", "grau", "gris"),
        "red": ("red$", "rot$", "rote$", "rotes$", "roter$", "rouge"),
        "blue": ("blue", "blau", "bleu"),
        "green": ("green", "grun", "gruen", "vert$", "verte$", "vertes$"),
        "yellow": ("yellow", "gelb", "jaune"),
        "orange": ("orange",),
        "brown": ("brown", "braun", "marron", "brun$", "brune$"),
        "clear": ("clear$", "klar$", "incolore", "transparent"),
        "natural": ("natural$", "natur$", "naturel"),
        "navy": ("navy", "marine"),
        "anthracite": ("anthra",),
        "beige": ("beige",),
        "pink": ("pink", "rosa$", "rose$"),
        "violet": ("violet", "purple", "lila$"),
        "turquoise": ("turqu", "turki"),
        "gold": ("gold",),
        "silver": ("silver", "silber", "argent"),
    },
    "material": {
        "zinc": ("zinc", "galvani", "verzinkt", "feuerverzinkt", "zingu"),
        "stainless": ("stainless", "edelstahl", "inox", "rostfrei", "nirosta"),
        "brass": ("brass", "messing", "laiton"),
        "copper": ("copper", "kupfer", "cuivre"),
        "aluminium": ("alumin", "alu$"),
        "plastic": ("plastic", "kunststoff", "plastique"),
        "nylon": ("nylon", "polyamid"),
        "rubber": ("rubber", "gummi", "caoutchouc"),
        "nitrile": ("nitril",),
        "latex": ("latex",),
        "leather": ("leather", "leder", "cuir"),
    },
    "side": {
        "left": ("left", "links", "linke", "gauche"),
        "right": ("right$", "rechts", "rechte", "droit"),
    },
    "thread side": {
        "male": ("male$", "aussengewinde", "exterieur"),
        "female": ("female", "innengewinde", "interieur"),
    },
    "fit": {size: (f"{size}$",) for size in ("xs", "s", "m", "l", "xl", "xxl", "xxxl", "2xl", "3xl", "4xl")},
}


def _compiled() -> tuple[dict[str, tuple[str, str]], tuple[tuple[str, tuple[str, str]], ...]]:
    whole: dict[str, tuple[str, str]] = {}
    beginnings: list[tuple[str, tuple[str, str]]] = []
    for group, traits in TRAITS.items():
        for trait, words in traits.items():
            for word in words:
                if word.endswith("$"):
                    whole[word[:-1]] = (group, trait)
                else:
                    beginnings.append((word, (group, trait)))
    return whole, tuple(beginnings)


_WHOLE, _BEGINNINGS = _compiled()


@lru_cache(maxsize=50_000)
def trait_of(word: str) -> tuple[str, str] | None:
    """The group and trait that a folded word names: ("colour", "black") for "noire"."""
    return _WHOLE.get(word) or next((trait for beginning, trait in _BEGINNINGS if word.startswith(beginning)), None)
