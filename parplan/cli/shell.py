"""How does a word look to a shell so that it means itself and nothing is run?"""

from __future__ import annotations

import os
import re
import shlex

_IS_WINDOWS = os.name == "nt"
# Neither shell of Windows gives these a meaning inside a word; \w are letters of any language.
_PLAIN_ON_WINDOWS = r"[\w./-][\w./:@+-]*"
# PowerShell takes five signs for a single quote.
_SINGLE_QUOTES = "['\u2018-\u201b]"
# Inside double quotes cmd.exe obeys % and !, PowerShell $ and `, and a double quote ends the word.
_OBEYED_IN_QUOTES = '["$`%!\u201c-\u201e\\x00-\\x1f]'


def quote_powershell(word: str) -> str:
    """Return ``word`` as PowerShell reads it back unchanged.

    >>> quote_powershell("4@2025-06"), quote_powershell("$(calc)'")
    ('4@2025-06', "'$(calc)'''")
    """
    if re.fullmatch(_PLAIN_ON_WINDOWS, word):
        return word
    return "'" + re.sub(_SINGLE_QUOTES, lambda match: match[0] * 2, word) + "'"


def quote(word: str) -> str:
    """Return ``word`` for a command that the user may copy from a message.

    On Windows it may go to cmd.exe or to PowerShell: what the two do not read alike is left
    out, which shows as "…".
    """
    if not _IS_WINDOWS:
        return shlex.quote(word)
    if re.fullmatch(_PLAIN_ON_WINDOWS, word):
        return word
    return "…" if re.search(_OBEYED_IN_QUOTES, word) else f'"{word}"'
