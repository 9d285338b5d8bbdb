"""The outline of the longer reports, as the plan's ``outline`` holds it.

Part I (steering) and part II (results by field) of a report on a quarter or more are made of
numbered points; which tasks feed which point is for the office to say.
"""

# Annotations are evaluated here: msgspec asks for them, and would have to compile texts.

from typing import Annotated

from msgspec import Meta

from parplan.plan.document import Model


class OutlinePoint(Model, frozen=True):
    """One point of the text: what it is about, and the tasks whose results stand there."""

    title: Annotated[str, Meta(min_length=1, description="What the point is about.")]
    tasks: Annotated[
        list[Annotated[str, Meta(min_length=1)]],
        Meta(description="Numbers of the tasks whose results stand here, in this order."),
    ] = []
    counts: Annotated[
        bool,
        Meta(description="Begins with how many tasks the plan sets and how many are done."),
    ] = False


class OutlineField(Model, frozen=True):
    """One field of part II."""

    title: Annotated[str, Meta(min_length=1, description="The field.")]
    points: Annotated[list[OutlinePoint], Meta(description="Its points a), b), c) ….")] = []


class Outline(Model, frozen=True):
    """Parts I and II of reports on a quarter or more."""

    leading: Annotated[
        list[OutlinePoint], Meta(description="Points 1, 2, 3 … of part I, steering.")
    ] = []
    fields: Annotated[list[OutlineField], Meta(description="Fields 1, 2, 3 … of part II.")] = []

    def points(self) -> list[OutlinePoint]:
        """Return the points of both parts, in order."""
        return [*self.leading, *(point for field in self.fields for point in field.points)]
