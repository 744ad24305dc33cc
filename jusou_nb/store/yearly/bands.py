"""Age bands: those of the town's profile, and the band of a person on a day, in SQL."""

from jusou_nb.profile import Profile

OLDEST = 150


def band_of_age(profile: Profile) -> list[str]:
    """Give the band (年代) of every age from 0 on; the last entry is that of 不明.

    A band says where it begins and ends by its flags ``from_20`` and ``to_29``; one that says
    neither is 不明. An age in no band is 不明.
    """
    spans = {option.code: _span(option.flags) for option in profile.codes("age_band").options}
    unknown = next((code for code, span in spans.items() if span is None), "")
    bands = [unknown] * (OLDEST + 1)
    for code, span in spans.items():
        if span is not None:
            bands[span[0] : span[1] + 1] = [code] * (span[1] + 1 - span[0])
    return [*bands, unknown]


def _span(flags: frozenset[str]) -> tuple[int, int] | None:
    found = {
        name: int(flag.removeprefix(f"{name}_"))
        for name in ("from", "to")
        for flag in flags
        if flag.startswith(f"{name}_")
    }
    return (found.get("from", 0), found.get("to", OLDEST)) if found else None


def laid_out(profile: Profile) -> tuple[str, int]:
    """Give the bands of all ages as one text of equal steps, and how wide a step is.

    SQL finds the band of an age in it by its place, which is quick for a whole country.
    """
    bands = band_of_age(profile)
    width = max(map(len, bands))
    return "".join(code.ljust(width) for code in bands), width


def age_band(day: str, person: str = "p") -> str:
    """Write the band of a person on a day in SQL.

    Counted from the birth date; where only its year or month is known, from the years; else
    the age as stated. A decade (80代) that reaches over two bands is 不明.
    """
    birth, stated = f"{person}.birth", f"{person}.stated_age"
    years = f"substr({day}, 1, 4) - substr({birth}, 1, 4)"
    had = f"(length({birth}) = 10 AND substr({day}, 6, 5) < substr({birth}, 6, 5))"
    said = f"CAST(substr({stated}, instr({stated}, ':') + 1) AS INTEGER)"
    begin, end = _band(said), _band(f"{said} + 9")
    return (
        f"CASE WHEN {birth} IS NOT NULL THEN {_band(f'{years} - {had}')}"
        f" WHEN {stated} LIKE 'decade:%' AND {begin} <> {end} THEN {_band(str(OLDEST + 1))}"
        f" WHEN instr({stated}, ':') THEN {begin} ELSE {_band(str(OLDEST + 1))} END"
    )


def _band(age: str) -> str:
    place = f"max(0, min({age}, {OLDEST + 1}))"
    return f"rtrim(substr(:bands, {place} * :band_width + 1, :band_width))"
