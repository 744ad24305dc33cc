"""Who reads the report of a 年度; apart from the report, which takes long to load."""

from jusou_nb.choices import Choice


class Audience(Choice):
    """Who reads the report."""

    INTERNAL = "internal", "庁内用"
    REPRESENTATIVES = "representatives", "代表者会議用"
    PUBLIC = "public", "公表用"

    @property
    def is_outside(self) -> bool:
        """Whether it leaves the office, so that small figures are hidden."""
        return self is not Audience.INTERNAL
