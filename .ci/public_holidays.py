"""Write parplan/plan/holidays.csv: Vietnam's public holidays, from the library 'holidays'.

Run it when a new year's days are announced; the library is needed here only (at run time
it would cost 178 ms).  Source of the days: Bộ luật Lao động 2019, Điều 112, and the
Government's yearly notices as far as the library has them.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import sys
from pathlib import Path

import holidays

FIRST, LAST = 2024, 2035
ANNOUNCED_UNTIL = 2026
"""Last year whose notice, with its swapped days, the library has."""

FIXED = {(1, 1), (4, 30), (5, 1), (9, 2)}
"""Months and days that the law itself names."""

SWAPPED = re.compile(r"thay cho ngày (\d\d)/(\d\d)/(\d{4})")
OUT = Path(__file__).parent.parent / "parplan" / "plan" / "holidays.csv"


def basis(day: dt.date) -> str:
    """Return what a day off rests on: the law, a notice, or reckoning alone."""
    if (day.month, day.day) in FIXED:
        return "law"
    return "notice" if day.year <= ANNOUNCED_UNTIL else "reckoned"


def rows() -> list[tuple[str, str, str, str]]:
    """Return every day off with its name, the weekend day worked for it, and its basis."""
    days = []
    for year in range(FIRST, LAST + 1):
        for day, name in sorted(holidays.country_holidays("VN", years=year, language="vi").items()):
            swap = SWAPPED.search(name)
            work = f"{swap[3]}-{swap[2]}-{swap[1]}" if swap else ""
            label = "" if swap else name.replace("Nguyên Đán", "Nguyên đán")
            days.append((day.isoformat(), label, work, basis(day)))
    return days


def main() -> int:
    """Write the table."""
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("date", "name", "worked_instead", "basis"))
        writer.writerows(rows())
    return 0


if __name__ == "__main__":
    sys.exit(main())
