"""不足資源・地域課題 as the papers of a 代表者会議 list them: nobody's case, nobody's name."""

from jusou_nb.fields import get_item
from jusou_nb.forms import ResourceGap
from jusou_nb.values import Lexicon, show

COLUMNS = ("what", "field", "area", "owner", "state", "became")


def headings() -> list[str]:
    """Give the headings of the list."""
    return [get_item(ResourceGap, name).label for name in COLUMNS]


def lines(gaps: tuple[ResourceGap, ...], lexicon: Lexicon) -> list[list[str]]:
    """Give the cells of each gap, in the order in which they were raised."""
    boxes = [get_item(ResourceGap, name) for name in COLUMNS]
    return [[show(box, getattr(gap, box.name), lexicon) for box in boxes] for gap in gaps]
