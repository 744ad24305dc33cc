"""Relations, which a sheet records towards its own client, told towards an item's client."""

CLIENT = "本人"
_UNKNOWN = "世帯員"
_CHILDREN = "子 長男 次男 二男 三男 四男 長女 次女 二女 三女 四女 息子 娘 養子 養女"
_INVERSE = {
    **dict.fromkeys(_CHILDREN.split(), "親"),
    **dict.fromkeys(("父", "母", "親", "養父", "養母"), "子"),
    **dict.fromkeys(("祖父", "祖母", "祖父母"), "孫"),
    **dict.fromkeys(["兄", "弟", "姉", "妹", "兄弟", "姉妹", "きょうだい"], "きょうだい"),
    **dict.fromkeys(("孫", "孫息子", "孫娘"), "祖父母"),
    "夫": "妻",
    "妻": "夫",
    "配偶者": "配偶者",
}
"""What the sheet's client is to somebody, by what that one is to the client: only what is
certain. How two others stand to each other is not: a mother's husband need not be the father."""


def relation_text(recorded: str, of_client: str, *, is_client: bool) -> str:
    """Write what a member is to the client of an item.

    Args:
        recorded: What the sheet says the member is to the client of the sheet.
        of_client: What it says the item's client is.
        is_client: Whether the member is the item's client.
    """
    if is_client:
        return CLIENT
    if of_client in ("", CLIENT):
        return recorded
    if recorded == CLIENT:
        return _INVERSE.get(of_client, _UNKNOWN)
    return f"{recorded}（受付時）" if recorded else ""


_MEN = "夫 父 養父 継父 祖父 義父 兄 弟 長男 次男 二男 三男 四男 息子 孫息子 叔父 伯父"
_WOMEN = "妻 母 養母 継母 祖母 義母 姉 妹 長女 次女 二女 三女 四女 娘 養女 孫娘 叔母 伯母"
_SEXES = {**dict.fromkeys(_MEN.split(), "square"), **dict.fromkeys(_WOMEN.split(), "circle")}


def shape_said(relation: str) -> str:
    """Give the sign of the sex that a 続柄 on the same paper says already; else nothing."""
    return _SEXES.get(relation, "")
