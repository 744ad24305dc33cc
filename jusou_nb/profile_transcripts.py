"""The rows of a profile about 転記票: the boxes of another system's screen, in its order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Writing(Enum):
    """How a value is typed into the other system."""

    LABEL = "label"
    WESTERN = "western"
    CODE = "code"
    HALF = "half"


@dataclass(frozen=True, kw_only=True)
class TranscriptBox:
    """A box of the other screen: what it is called there, and which of ours goes into it.

    Attributes:
        label: As it stands on that screen.
        box: Table and box with a point between, such as ``intakes.received_on``.
        writing: How it is typed there.
        heading: The heading of that screen under which it stands.
    """

    label: str
    box: str
    writing: Writing = Writing.LABEL
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """Another system into which somebody types what is recorded here."""

    name: str
    boxes: tuple[TranscriptBox, ...]


def transcripts(raw: Sequence[Mapping[str, Any]]) -> tuple[Transcript, ...]:
    """Read ``[[transcripts]]``.

    Raises:
        ValueError: A box names no table, or a writing is unknown.
        TypeError: A word is none of ours.
        KeyError: A name is missing.
    """
    return tuple(
        Transcript(name=row["name"], boxes=tuple(_box(box) for box in row["boxes"])) for row in raw
    )


def _box(row: Mapping[str, Any]) -> TranscriptBox:
    if row["box"].count(".") != 1:
        raise ValueError(f"転記票の欄は「様式.欄」の形です: {row['box']}")
    return TranscriptBox(**{**row, "writing": Writing(row.get("writing", "label"))})
