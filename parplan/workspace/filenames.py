"""Tell which file names some systems cannot have, and which two are one there.

Windows refuses some names and letters, and takes names that differ in case alone for one,
as macOS does.  A folder that passes through git to such a machine cannot be had there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from parplan.problem import N_, UserError, params

# Compiled when they are asked, which most commands never do.
_DEVICES = r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])"
_LETTERS = '[<>:"\\\\|?*\x00-\x1f]'
_LITTER = r"(?i)~\$.*|\.~lock\..*#|thumbs\.db|desktop\.ini|\.ds_store|.*\.sw[nop]|.*~"
_LONGEST = 255  # in units of UTF-16, which is how NTFS counts
_COPY = (
    r"(?i)plan/(?:copy of |bản sao của )?([12][0-9]{3}(?:\.journal|\.index|\.forms)?)"
    r"(?:[ ()_-].*|\.sync-conflict-.*)?\.ya?ml"
)
_MEANT = r"(?i)(plan/[12][0-9]{3}(\.journal|\.index|\.forms)?)\.ya?ml(\.txt)?"
_PROGRAM = (
    r"(?i)\.(bat|cmd|com|cpl|exe|hta|jar|js|jse|lnk|msc|msi|pif|ps1|reg|scr|url|vbe|vbs|wsf|wsh)"
    r"[ .]*$"
)


def is_litter(path: str) -> bool:
    """Tell whether ``path``, with slashes, is what office programs, editors or systems leave.

    >>> is_litter("reports/~$bao cao.docx"), is_litter("reports/.~lock.a.odt#"), is_litter("a.md~")
    (True, True, True)
    >>> is_litter("reports/2025-06.md")
    False
    """
    return re.fullmatch(_LITTER, path.rpartition("/")[2]) is not None


def why_not_on_windows(path: str) -> str:
    """Return why Windows cannot have the file ``path``, marked for translation, or "".

    ``path`` has slashes.  Source: Microsoft, "Naming Files, Paths, and Namespaces".

    >>> why_not_on_windows("reports/aux.md"), why_not_on_windows("reports/báo cáo.md")
    ('a name of a device', '')
    """
    for name in path.split("/"):
        if re.fullmatch(_DEVICES, name.partition(".")[0].rstrip(" ")):
            return N_("a name of a device")
        if re.search(_LETTERS, name):
            return N_("a letter that it does not allow")
        if name.endswith((".", " ")) and name not in (".", ".."):
            return N_("a dot or space at the end")
        if len(name.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST:
            return N_("more than 255 letters")
    return ""


def same_elsewhere(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs that some system takes for one file, the later name first, in order.

    >>> same_elsewhere(["reports/KH.md", "reports/kh.md", "reports/b.md"])
    [('reports/kh.md', 'reports/KH.md')]
    """
    first: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for path in sorted(paths):
        earlier = first.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if earlier != path:
            pairs.append((path, earlier))
    return pairs


def is_program(path: str) -> bool:
    """Tell whether Windows starts ``path`` as a program: no evidence, whoever left it.

    Its command line looks for ``parplan`` in the folder where one stands, before anywhere else.

    >>> is_program("parplan.CMD"), is_program("tai-lieu/BC 45.pdf")
    (True, False)
    """
    return re.search(_PROGRAM, path) is not None


def require_utf8(name: str, typed: str) -> str:
    """Return ``name``; raises UserError about what was ``typed`` where it is not UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError as error:  # an old archive from Windows, unpacked elsewhere
        text = N_("the name of %(path)s is not UTF-8; rename the file first")
        raise UserError(text, params(path=typed)) from error
    return name


def proper_name(path: str) -> str:
    """Return the name for which ``path``, with slashes, is written in another way, or "".

    Editors on Windows add ``.txt``, which its file manager hides.

    >>> proper_name("plan/2025.YAML"), proper_name("plan/2025.journal.yaml.txt")
    ('plan/2025.yaml', 'plan/2025.journal.yaml')
    >>> proper_name("plan/2025.yaml")
    ''
    """
    match = re.fullmatch(_MEANT, path)
    correct = f"{match[1]}.yaml".lower() if match else ""
    return "" if correct == path else correct


def copied_from(path: str) -> str:
    """Return the name of the year's file of which ``path`` looks like a copy, or "".

    File managers make such names (``2025 - Copy``, ``2025 (1)``, ``Copy of 2025``), and so do
    OneDrive (``2025-MACHINE``), Dropbox (``2025 (NAME's conflicted copy)``) and Syncthing
    (``2025.sync-conflict-…``) where two machines changed a file.

    >>> copied_from("plan/2025.journal-MAY2.yaml"), copied_from("plan/2025.journal.yaml")
    ('plan/2025.journal.yaml', '')
    """
    match = re.fullmatch(_COPY, unicodedata.normalize("NFC", path))
    original = f"plan/{match[1]}.yaml".lower() if match else ""
    return "" if original in (path, proper_name(path)) else original
