r"""LaTeX as bibliographies hold it → Unicode with TeX math between dollars.

The names of characters come from our own table (`bibliography/characters.toml`), read backwards, and
from pylatexenc's. Its parser is not used: it takes `%` for a comment, drops commands that it does not
know without a word, and needs a second for two hundred entries.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from generator.bibliography.tex import ACCENTS, LETTERS, MATH, SYMBOLS
from generator.text import parts

_PLAIN = re.compile(r"[^\\{}$~`'\-]*")
_TOKEN = re.compile(
    r"""
    \\(?P<word>[A-Za-z@]+)\*?(?P<gap>[ \t]*)
    | \\(?P<sign>[\s\S])
    | (?P<math>\$\$(?:[^$\\]|\\.)+\$\$ | \$(?:[^$\\]|\\.)+\$)
    | (?P<brace>[{}])
    | (?P<ligature>---?|``|'')
    | (?P<tie>~)
    | (?P<text>[^\\{}$~`'\-]+|[\s\S])
    """,
    re.VERBOSE,
)
_DOLLAR = "\ufdd0"
"""Stands for a dollar that is text until it is known whether it would be taken for math."""
_LIGATURES = {"`": "‘", "$": _DOLLAR, "--": "–", "---": "—", "``": "“", "''": "”"}
_SIGNS = {sign: sign for sign in "&%#_{} "} | {
    "$": _DOLLAR,
    "\\": " ",
    "/": "",
    "-": "",
    ",": " ",
    ";": " ",
    ":": " ",
    "!": "",
    "@": "",
    "\n": " ",
    "\t": " ",
}
_WORDS = {
    "textquotesingle": "'", "textquotedbl": '"', "slash": "/", "space": " ", "quad": " ", "qquad": " ", "newline": " ",
    "linebreak": " ", "break": " ", "ss": "ß", "SS": "ẞ", "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e",
    "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX", "ConTeXt": "ConTeXt", "AmSTeX": "AMS-TeX", "AmS": "AMS",
    "MF": "METAFONT", "METAFONT": "METAFONT", "MP": "MetaPost", "emdash": "—", "Dash": "—", "par": " ", "textendash": "–", "textemdash": "—", "textellipsis": "…", "dots": "…", "lq": "‘", "rq": "’",
    "lbrace": "{", "rbrace": "}", "backslash": "\\", "textunderscore": "_", "textdollar": _DOLLAR, "textcommabelow": "",
    "copyright": "©", "pounds": "£", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "aa": "å", "AA": "Å", "textasteriskcentered": "*",
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": "~", "textasciicircum": "^",
    "textasciigrave": "`", "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textsubscript": "",
    "nobreakspace": " ", "textregistered": "®", "textvisiblespace": "␣", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "plus": "+", "protect": "",
}  # fmt: skip
_EMPHASIS = frozenset(
    (
        "emph", "textit", "textbf", "textsc", "textsl", "textsf", "texttt", "underline", "uline", "em", "it", "bf", "sc",
        "sl", "sf", "tt", "itshape", "bfseries", "scshape", "slshape", "sffamily", "ttfamily", "mkbibemph", "mkbibbold",
        "mkbibitalic",
    )
)  # fmt: skip
"""Commands that set words apart from the others; a record has no place for that."""
_DROPPED = frozenset(
    (
        "textrm", "textup", "textmd", "textnormal", "textlf", "text", "mbox", "hbox", "makebox", "fbox", "mathrm",
        "mathit", "mathbf", "mathsf", "mathtt", "mathcal", "rm", "rmfamily", "upshape", "mdseries", "normalfont",
        "normalsize", "small", "footnotesize", "scriptsize", "tiny", "large", "Large", "uppercase", "lowercase",
        "MakeUppercase", "MakeLowercase", "ensuremath", "relax", "null", "xspace", "nolinebreak", "nobreak", "sloppy",
        "allowbreak", "unskip", "ignorespaces", "natexlab", "cal", "bibtype", "leavevmode", "mkbibparens",
    )
)  # fmt: skip
"""Other commands that change how their argument looks, not what it says."""
_WITH_ARGUMENTS = frozenset(
    [
        "href",
        "url",
        "path",
        "nolinkurl",
        "textcolor",
        "foreignlanguage",
        "noopsort",
        "SortNoop",
        "noop",
        "sortas",
        "label",
    ]
)
"""Those that take text, and those that are there for sorting only."""
_QUOTING = {"enquote": "“”", "mkbibquote": "“”", "textquote": "“”"}
_SCRIPTS = {"textsuperscript": "^", "textsubscript": "_", "textsuper": "^", "textsub": "_"}
_MARKS = {command[1:]: mark for mark, command in ACCENTS.items()} | {"t": "\u0361", "textcommabelow": "\u0326"}
_CHARACTERS = (
    {form.strip("{}").removeprefix("\\"): character for character, form in (LETTERS | SYMBOLS).items() if "\\" in form}
    | {form.removeprefix("\\"): character for character, form in MATH.items() if re.fullmatch(r"\\[A-Za-z]+", form)}
    | _WORDS
)
_BELOW = frozenset("\u0323\u0327\u0328\u0331\u0326")
_ALONE = {"\u0303": "~", "\u0302": "^", "\u0301": "´", "\u0300": "`", "\u0308": "¨"}
"""Accents of nothing."""
_DEPTH = 12
"""Accents of accents and quotations in quotations are at most so deep."""

_TEXT_IN_MATH = {
    r"<": "<",
    r">": ">",
    r"\sim": "∼",
    r"\backslash": "\\",
    "|": "|",
    r"\%": "%",
    r"\&": "&",
    r"\#": "#",
    r"\_": "_",
    "+": "+",
    "-": "-",
    r"\ldots": "…",
    r"\dots": "…",
    "'": "'",
    r"\{": "{",
    r"\}": "}",
}
"""What some programs put between dollars though it is text."""


@dataclass(slots=True)
class Decoded:
    """Text, the commands in it that are not known and stand there as they were, and those of emphasis, which are gone."""

    text: str
    unknown: list[str] = field(default_factory=list)
    emphasis: list[str] = field(default_factory=list)


def decode(tex: str) -> Decoded:
    """Decode a value of a text field.

    Args:
        tex: LaTeX without the braces or quotation marks around the whole.

    Returns:
        Unicode in NFC on one line, without the braces that only group.
    """
    if _PLAIN.fullmatch(tex):
        return Decoded(line(tex))
    reader = _Reader()
    return Decoded(_with_dollars(line(reader.read(tex)), reader.formulas), reader.unknown, reader.emphasis)


@lru_cache(maxsize=20_000)
def decoded_word(tex: str) -> str:
    """Decode a part of a name, where a command that is not known is a rare thing; dollars hold no math there."""
    text = decode(tex).text
    return " ".join("".join(_symbol(part.text) if part.math else part.text for part in parts(text)).split())


def verbatim(tex: str) -> str:
    """Decode an identifier or an address: only what stands for characters that BibTeX cannot hold plainly."""
    if "\\" not in tex and "{" not in tex and "$" not in tex:
        return " ".join(tex.split())
    text = tex.replace(r"$\sim$", "~").replace(r"{\textasciitilde}", "~").replace(r"\textasciitilde", "~")
    text = re.sub(r"\{?\\text(less|greater)\b(?:\{\})?\}?", lambda found: {"less": "<", "greater": ">"}[found[1]], text)
    text = re.sub(r"\\([&%#_$~^{}\-/])", r"\1", text.replace(r"\~{}", "~").replace(r"\^{}", "^"))
    return " ".join(re.sub(r"[{}]", "", text).split())


def line(text: str) -> str:
    """Return text in NFC on one line, trimmed."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


@dataclass(slots=True)
class _Reader:
    """Reads LaTeX from left to right; what commands take is read by the same rules."""

    unknown: list[str] = field(default_factory=list)
    emphasis: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    depth: int = 0

    def read(self, tex: str) -> str:
        pieces: list[str] = []
        position = 0
        while position < len(tex):
            token = _TOKEN.match(tex, position)
            if token is None:
                raise AssertionError("a token is at least one character")
            piece, position = self._piece(tex, token)
            if piece[:1].isdigit() and pieces and pieces[-1].startswith("$"):
                pieces[-1] = self._without_dollars(pieces[-1])
            if piece.startswith("$") and pieces and pieces[-1].endswith("\\"):
                piece = self._without_dollars(piece)
            if piece:
                pieces.append(piece)
        return "".join(pieces)

    def _without_dollars(self, formula: str) -> str:
        """Write a formula where a record can have none, after a backslash or before a digit: as its one symbol, or apart."""
        symbol = _symbol(formula.strip("$"))
        if symbol == formula.strip("$"):
            return f" {formula} "
        self.formulas.remove(formula.strip("$"))
        return symbol

    def _piece(self, tex: str, token: re.Match[str]) -> tuple[str, int]:
        end = token.end()
        match token.lastgroup:
            case "gap" | "word":
                return self._command(tex, token)
            case "sign":
                return self._sign(tex, token["sign"], end)
            case "math":
                return self._formula(token["math"].strip("$")), end
            case "text":
                return _LIGATURES.get(token[0], token[0]), end
            case _:
                return {"{": "", "}": "", "~": " "}.get(token[0], _LIGATURES.get(token[0], "")), end

    def _sign(self, tex: str, sign: str, end: int) -> tuple[str, int]:
        if sign in _MARKS:
            return self._accent(tex, _MARKS[sign], end)
        if sign in "([" and (close := tex.find({"(": r"\)", "[": r"\]"}[sign], end)) > 0:
            return self._formula(tex[end:close]), close + 2
        return _SIGNS.get(sign, sign), end

    def _command(self, tex: str, token: re.Match[str]) -> tuple[str, int]:
        word, end = token["word"], token.end()
        if word in _MARKS and end < len(tex):
            return self._accent(tex, _MARKS[word], end)
        if word in _EMPHASIS:
            self.emphasis.append(f"\\{word}")
            return "", end
        if word in _DROPPED:
            return "", end
        if word in _WITH_ARGUMENTS or word in _QUOTING or word in _SCRIPTS:
            return self._with_arguments(tex, word, end)
        character = _CHARACTERS.get(word) or _known_elsewhere(word)
        if character is not None:
            return character, end
        self.unknown.append(f"\\{word}")
        if tex[end : end + 1] == "{":
            words, end = _argument(tex, end)
            return f"\\{word}{{{self._inner(words)}}}", end
        return f"\\{word}{' ' if token['gap'] else ''}", end

    def _with_arguments(self, tex: str, word: str, end: int) -> tuple[str, int]:
        first, end = _argument(tex, end)
        match word:
            case "href":
                words, end = _argument(tex, end)
                return f"{self._inner(words)} ({verbatim(first)})", end
            case "url" | "path" | "nolinkurl":
                return verbatim(first), end
            case "textcolor" | "foreignlanguage" | "bibinfo":
                words, end = _argument(tex, end)
                return self._inner(words), end
            case word if word in _QUOTING:
                return self._inner(first).join(_QUOTING[word]), end
            case word if word in _SCRIPTS and first:
                return f"${_SCRIPTS[word]}{{{self._inner(first)}}}$", end
        return "", end

    def _accent(self, tex: str, mark: str, end: int) -> tuple[str, int]:
        argument, end = _argument(tex, end)
        inner = self._inner(argument)
        if not inner:
            return _ALONE.get(mark, ""), end
        base = inner[0] if mark in _BELOW else {"ı": "i", "ȷ": "j"}.get(inner[0], inner[0])
        rest = inner[1:]
        marks = len(rest) - len(rest.lstrip("".join(ACCENTS)))
        return unicodedata.normalize("NFC", base + rest[:marks] + mark + rest[marks:]), end

    def _formula(self, tex: str) -> str:
        formula = " ".join(tex.split())
        if formula in _TEXT_IN_MATH:
            return _TEXT_IN_MATH[formula]
        if formula:
            self.formulas.append(formula)
        return f"${formula}$" if formula else ""

    def _inner(self, argument: str) -> str:
        if self.depth >= _DEPTH:
            return argument.replace("{", "").replace("}", "")
        self.depth += 1
        text = unicodedata.normalize("NFD", self.read(argument))
        self.depth -= 1
        return text


def _with_dollars(text: str, formulas: list[str]) -> str:
    r"""Put in the dollars that are text, as `\$` where a record would take them for the bounds of math.

    Some programs escape the dollars of math: what looks like TeX between such is math all the same.
    """
    if _DOLLAR not in text:
        return text
    plain = text.replace(_DOLLAR, "$")
    seen = [part.text for part in parts(plain) if part.math]
    escaped_math = not formulas and all(re.search(r"[\\^_]", formula) for formula in seen)
    apart = f"\\{_DOLLAR}" not in text
    return plain if apart and (seen == formulas or escaped_math) else text.replace(_DOLLAR, r"\$")


def _symbol(tex: str) -> str:
    return _CHARACTERS.get(tex.removeprefix("\\"), tex) if tex.startswith("\\") else tex


@cache
def _known_elsewhere(word: str) -> str | None:
    """Return the character that pylatexenc knows by this name."""
    form = getattr(_symbols().get_macro_spec(word), "simplify_repl", None)
    return form if isinstance(form, str) and form and "%" not in form and not form.startswith("<") else None


@cache
def _symbols() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 - slow, and rarely needed

    return get_default_latex_context_db()


_BRACES = re.compile(r"\\[\s\S]|[{}]")
_NEXT = re.compile(r"\s*(\\[A-Za-z]+|\\?[^{}])")


def _argument(tex: str, start: int) -> tuple[str, int]:
    """Return the argument of a command: what stands in the next braces, or the next token."""
    opening = re.compile(r"\s*\{").match(tex, start)
    if opening is None:
        token = _NEXT.match(tex, start)
        return (token[1], token.end()) if token else ("", start)
    depth = 1
    for brace in _BRACES.finditer(tex, opening.end()):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return tex[opening.end() : brace.start()], brace.end()
    return tex[opening.end() :], len(tex)
