"""Rules for plural forms: which form of a translation a number takes.

A PO file may bring a rule of its own, as Weblate and others write it. It is read as gettext reads it, never run as
code, and compared with the language's rule as a function: other words for the same rule are the same rule.
"""

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from babel.messages.plurals import get_plural

_RULE = re.compile(r"\s*nplurals\s*=\s*(\d{1,9})\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_MOST = 6
"""No language has more forms (Arabic and Welsh have six)."""

_NUMBERS = (*range(1001), *(thousand * 10**6 for thousand in range(1, 4)), 10**6 + 1, 10**6 + 5)
"""Rules ask for a number's last two digits, and a few for whole millions: these numbers show every form."""


@dataclass(frozen=True)
class Rule:
    """How many forms there are, and the index of the form that a number takes."""

    forms: int
    form: Callable[[int], int]
    text: str

    def numbers_of(self, form: int) -> list[int]:
        """Numbers that take a form, the smallest first; at most four of them."""
        return [number for number in _NUMBERS if self.form(number) == form][:4]


@cache
def of_language(locale: str) -> Rule:
    """The rule that the CLDR gives for a language."""
    plural = get_plural(locale)
    return Rule(plural.num_plurals, gettext.c2py(plural.plural_expr), str(plural))


@cache
def parse(text: str) -> Rule:
    """A rule as a header writes it. Raises ValueError with a sentence that says what is wrong with it."""
    match = _RULE.fullmatch(text)
    if not match:
        raise ValueError("the plural rule can't be read.")
    forms = int(match[1])
    if not 1 <= forms <= _MOST:
        raise ValueError(f"the plural rule says that the language has {forms} forms.")
    try:
        form = gettext.c2py(match[2])
        used = {form(number) for number in _NUMBERS}
    except (ValueError, ArithmeticError, RecursionError, MemoryError):
        raise ValueError("the plural rule can't be read.") from None
    if max(used) >= forms:
        raise ValueError(f"the plural rule asks for msgstr[{max(used)}], but says that there are {forms} forms.")
    if len(used) < forms:
        unused = min(set(range(forms)) - used)
        raise ValueError(f"the plural rule says that there are {forms} forms, but never asks for msgstr[{unused}].")
    return Rule(forms, form, text.strip())


def same(one: Rule, other: Rule) -> bool:
    """Whether two rules give every number the same form, in whatever words."""
    return one.forms == other.forms and all(one.form(number) == other.form(number) for number in _NUMBERS)


def differences(rule: Rule, usual: Rule) -> str:
    """Which form takes which numbers, in a rule and in the one that is usual for its language."""
    return f"here {_forms(rule)}; usually {_forms(usual)}"


def _forms(rule: Rule) -> str:
    return ", ".join(f"msgstr[{form}] for {_list(rule.numbers_of(form))}" for form in range(rule.forms))


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) + (" …" if len(numbers) == 4 else "")
