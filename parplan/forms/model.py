"""The model of the statistical forms, as ``plan/YEAR.forms.yaml`` holds it.

Forms (biểu mẫu thống kê) and their rows as the superior body issued them, numbered as printed:
2.1 is a part of 2.  The descriptions become the JSON Schema that editors show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from parplan.plan.document import Model, Name

Measure: TypeAlias = Literal[
    "tasks",
    "tasks-done",
    "directed",
    "directed-on-time",
    "directed-late",
    "directed-overdue",
    "done-in-period",
]
"""What of the plan is counted; ``parplan.forms.from_plan`` says how."""

_CODE = re.compile(r"=\s*([0-9]+)")


class FromPlan(Model, frozen=True):
    """What of the plan answers a row where nobody recorded a figure."""

    measure: Annotated[Measure, Meta(description="What is counted.")]
    tasks: Annotated[
        list[Name], Meta(description="Numbers of the tasks that count, in quotes; empty: all.")
    ] = field(default_factory=list)


class FormRow(Model, frozen=True):
    """A row of a form (chỉ tiêu thống kê)."""

    id: Annotated[
        str,
        Meta(pattern=r"^[0-9]+(\.[0-9]+)*$", description="Number as printed, in quotes: '2.1'."),
    ]
    title: Annotated[str, Meta(min_length=1, description="The indicator, word for word.")]
    unit: Annotated[
        str,
        Meta(description="Unit, word for word: 'Văn bản', '%', 'Có = 1; Không = 0'."),
    ] = ""
    formula: Annotated[
        str, Meta(description="How it follows from other rows: '2.2 / 2.1', '1.1 + 1.2'.")
    ] = ""
    counts: Annotated[
        Literal["period", "year-to-date", "moment", "alone"] | None,
        Meta(
            description="What the figure counts: what happened in the period (the usual), what "
            "happened since 1 January, what there is at the period's end, or what is counted for "
            "each period alone because periods do not add up."
        ),
    ] = None
    from_plan: Annotated[
        FromPlan | None, Meta(description="What of the plan answers it, unless it is recorded.")
    ] = None

    @property
    def is_share(self) -> bool:
        """Whether it is a share of a hundred."""
        return self.unit.strip() == "%"

    @property
    def codes(self) -> list[Decimal]:
        """The numbers that stand for an answer, 'Có = 1; Không = 0'; none in other rows."""
        return [Decimal(code) for code in _CODE.findall(self.unit)]

    @property
    def adds_up(self) -> bool:
        """Whether the figures of two periods give that of both together."""
        is_sum = self.counts in (None, "period", "year-to-date")
        return is_sum and not (self.is_share or self.codes or self.formula)


class Form(Model, frozen=True):
    """A form: the rows of one field."""

    id: Annotated[str, Meta(pattern=r"^[^@/\s]+$", description="Number, in quotes: '1'.")]
    title: Annotated[str, Meta(min_length=1, description="Its name, word for word.")]
    rows: Annotated[list[FormRow], Meta(min_length=1, description="Its rows, in order.")]

    def key(self, row: FormRow) -> str:
        """Return what records call ``row``: '3/3.1.1'."""
        return f"{self.id}/{row.id}"

    def is_heading(self, row: FormRow) -> bool:
        """Tell whether ``row`` only heads those below it, so that no figure belongs there."""
        return not (row.unit or row.formula) and any(
            below.id.startswith(f"{row.id}.") for below in self.rows
        )


class Forms(Model, frozen=True):
    """The statistical forms of a year."""

    schema: Annotated[Literal[1], Meta(description="Version of this format.")]
    year: Annotated[int, Meta(ge=1900, le=2999, description="The year that they count.")]
    title: Annotated[str, Meta(min_length=1, description="What they are called.")]
    forms: Annotated[list[Form], Meta(description="The forms, in order.")]
    source: Annotated[str, Meta(description="The document that issued them.")] = ""
    example: (
        Annotated[Literal[True], Meta(description="These are an example, not the office's forms.")]
        | None
    ) = None

    def rows(self) -> Iterator[tuple[Form, FormRow]]:
        """Yield every row with its form, in the order of the file."""
        for form in self.forms:
            for row in form.rows:
                yield form, row
