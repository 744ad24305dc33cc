"""Makes the Word templates that come with the program: ``python tools/word_templates.py``.

They are plain on purpose: A4, two fonts that every Windows has, no picture. A town copies one
(``jusou-nb templates``), changes it in Word and puts it into its own folder.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jusou_nb import office_files

FOLDER = Path(__file__).parents[1] / "jusou_nb" / "documents" / "word_templates"
MINCHO, GOTHIC = "ＭＳ 明朝", "ＭＳ ゴシック"
WIDTH = 170.0
"""Millimetres between the margins."""


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _font(properties: Any, name: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    own = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), name)
    properties.insert(0, _element("rFonts", **own))


class Page:
    """A template being made."""

    def __init__(self) -> None:
        """Begin an A4 page with a foot of number and page."""
        self.document = Document()
        self._styles()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(18), Mm(18)
        section.footer_distance = Mm(9)
        self._foot(section.footer.paragraphs[0])

    def _styles(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
        properties = defaults.find(qn("w:rPr"))
        _font(properties, MINCHO)
        language = properties.find(qn("w:lang"))
        language.set(qn("w:val"), "ja-JP")
        language.set(qn("w:eastAsia"), "ja-JP")
        normal = styles["Normal"]
        normal.font.size = Pt(10.5)
        normal.paragraph_format.space_after = Pt(3)
        _font(normal.element.get_or_add_rPr(), MINCHO)
        for level, size in ((1, 16), (2, 12), (3, 10.5)):
            style = styles[f"Heading {level}"]
            _font(style.element.get_or_add_rPr(), GOTHIC)
            style.font.size, style.font.bold = Pt(size), True
            style.font.color.rgb = None
            colour = style.element.rPr.find(qn("w:color"))
            if colour is not None:
                style.element.rPr.remove(colour)
            style.paragraph_format.space_before = Pt(0 if level == 1 else 9)
            style.paragraph_format.space_after = Pt(4)

    def _foot(self, paragraph: Any) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("文書番号 {{ 文書番号 }}　　")
        for code, between in (("PAGE", " / "), ("NUMPAGES", "")):
            for kind in ("begin", "end"):
                run = paragraph.add_run()
                run._r.append(_element("fldChar", fldCharType=kind))  # noqa: SLF001 - no public way
                if kind == "begin":
                    told = OxmlElement("w:instrText")
                    told.text = code
                    paragraph.add_run()._r.append(told)  # noqa: SLF001 - the same
            paragraph.add_run(between)
        for run in paragraph.runs:
            run.font.size = Pt(9)

    def title(self, text: str) -> None:
        """Write the name of the paper."""
        self.document.add_heading(text, 1).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, text: str, level: int = 2) -> None:
        """Write a heading."""
        self.document.add_heading(text, level)

    def line(self, text: str, *, right: bool = False) -> None:
        """Write a paragraph."""
        paragraph = self.document.add_paragraph(text)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def order(self, text: str) -> None:
        """Write an order of the template that stands alone on its line."""
        self.document.add_paragraph(f"{{%p {text} %}}")

    def facts(self, *pairs: tuple[str, str]) -> None:
        """Rule a table of labels and values."""
        table = self._ruled(len(pairs), (38.0, WIDTH - 38.0))
        for row, (label, value) in zip(table.rows, pairs, strict=True):
            _write(row.cells[0], label, is_head=True)
            _write(row.cells[1], value)

    def rows(self, loop: str, columns: Sequence[tuple[str, str, float]]) -> None:
        """Rule a table with a line for each row; columns are heading, value and millimetres."""
        name, variable = loop.split(" as ")
        table = self._ruled(4, [width for _, _, width in columns])
        for cell, (label, _, _) in zip(table.rows[0].cells, columns, strict=True):
            _write(cell, label, is_head=True)
        table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))  # noqa: SLF001 - no public way
        _write(table.rows[1].cells[0], f"{{%tr for {variable} in {name} %}}")
        for cell, (_, value, _) in zip(table.rows[2].cells, columns, strict=True):
            _write(cell, value)
        _write(table.rows[3].cells[0], "{%tr endfor %}")

    def seals(self, name: str) -> None:
        """Rule 決裁欄 or 供覧欄: a box a post, from the profile."""
        self.order(f"if {name}")
        table = self._ruled(2, (16.0, 1.0, 20.0, 1.0), right=True)
        _write(table.rows[0].cells[0], name.removesuffix("欄"), is_head=True)
        for row, value in ((table.rows[0], "{{ 欄.職 }}"), (table.rows[1], "")):
            _write(row.cells[1], f"{{%tc for 欄 in {name} %}}")
            _write(row.cells[2], value, is_head=bool(value))
            _write(row.cells[3], "{%tc endfor %}")
        table.rows[1].height = Mm(16)
        self.order("endif")
        self.document.add_paragraph()

    def _ruled(self, rows: int, widths: Sequence[float], *, right: bool = False) -> Any:
        table = self.document.add_table(rows, len(widths))
        table.style = "Table Grid"
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.RIGHT if right else WD_TABLE_ALIGNMENT.CENTER
        for row in table.rows:
            row._tr.get_or_add_trPr().append(_element("cantSplit"))  # noqa: SLF001 - no public way
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def raw(self) -> bytes:
        """Give the file; made again it is the same."""
        out = io.BytesIO()
        self.document.save(out)
        return office_files.settled(out.getvalue(), title="", day=None)


def _write(cell: Any, text: str, *, is_head: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size = Pt(9.5)
    if is_head:
        _font(run._r.get_or_add_rPr(), GOTHIC)  # noqa: SLF001 - East Asian fonts have no public way
        cell._tc.get_or_add_tcPr().append(  # noqa: SLF001 - the same
            _element("shd", val="clear", color="auto", fill="EDEDED")
        )


def _same(*labels: str) -> list[tuple[str, str]]:
    return [(label, f"{{{{ {label} }}}}") for label in labels]


def _of(variable: str, *columns: tuple[str, float]) -> list[tuple[str, str, float]]:
    return [(label, f"{{{{ {variable}.{label} }}}}", width) for label, width in columns]


def minutes() -> Page:
    """会議記録."""
    page = Page()
    page.title("会議記録")
    page.line("{{ 部の番号 }}　{{ 宛先 }}", right=True)
    page.facts(*_same("会議体", "根拠"), ("日時", "{{ 会議日 }}　{{ 時間 }}"), *_same("場所"))
    page.order("if 議長用")
    page.heading("出欠")
    page.rows(
        "出席者 as 席", _of("席", ("機関", 60.0), ("職", 40.0), ("氏名", 45.0), ("出欠", 25.0))
    )
    page.line("配布 {{ 配布部数 }}部　回収 {{ 回収部数 }}部", right=True)
    page.order("endif")
    page.order("for 案 in 案件")
    _one_item(page)
    page.order("endfor")
    page.line("{{ 自治体 }} {{ 担当課 }}　作成日 {{ 作成日 }}", right=True)
    return page


def _one_item(page: Page) -> None:
    page.heading("案件 {{ 案.番号 }}　{{ 案.件名 }}（{{ 案.種別 }}）")
    page.facts(("検討したいこと", "{{ 案.検討したいこと }}"), ("発言の要旨", "{{ 案.発言の要旨 }}"))
    page.order("if 案.支援方針")
    page.heading("支援方針・役割分担表", 3)
    page.rows(
        "案.支援方針 as 行",
        _of("行", ("何をする", 75.0), ("誰が", 35.0), ("いつまで", 30.0), ("見直し日", 30.0)),
    )
    page.order("endif")
    page.heading("決定事項", 3)
    page.rows("案.決定事項 as 行", _of("行", ("何を", 95.0), ("誰が", 40.0), ("いつまで", 35.0)))
    page.heading("各機関の了承", 3)
    page.rows(
        "案.了承 as 答",
        _of(
            "答", ("機関", 45.0), ("返事", 25.0), ("条件", 45.0), ("期限", 27.5), ("返事の日", 27.5)
        ),
    )
    page.line("")
    page.order("if 議長用")
    page.facts(("議長のまとめ", "{{ 案.議長のまとめ }}"))
    page.order("endif")
    page.facts(
        *((label, f"{{{{ 案.{label} }}}}") for label in ("結果", "主担当", "次回")),
        ("不足する社会資源", "{{ 案.不足する社会資源 }}"),
    )


def _draft(title: str, asked: str) -> Page:
    """Begin a 伺い文: frame, 件名, and the sentence that asks."""
    page = Page()
    page.title(f"起案（{title}）")
    page.facts(*_same("文書記号番号", "起案日", "決裁日", "保存年限"), ("起案者", ""))
    page.line("")
    page.seals("決裁欄")
    page.seals("供覧欄")
    page.facts(("件名", f"{title}について（伺い）"))
    page.line("")
    page.line(asked)
    page.heading("記")
    return page


def _end(page: Page) -> Page:
    page.line("")
    page.line("{{ 様式名 }}　{{ 自治体 }} {{ 担当課 }}", right=True)
    return page


_DOER = "{% if 行.実施機関 %}{{ 行.実施機関 }}{% else %}{{ 行.実施者 }}{% endif %}"


def decision() -> Page:
    """支援決定伺い."""
    page = _draft("支援決定", "　下記のとおり支援を決定してよろしいか、伺います。")
    page.facts(
        *_same("受付番号", "本人", "プラン回数", "プラン作成日", "了承日"),
        ("同意・申込の署名日", "{{ 同意申込の署名日 }}"),
        *_same("プランの主担当", "本人家族の意向", "長期目標", "このプランの達成目標"),
        ("プランの期間", "{{ プラン開始日 }}　から　{{ プラン終了日 }}"),
        *_same("次回モニタリング", "支援開始日", "専決者"),
    )
    page.heading("課題と目標", 3)
    page.rows("課題と目標 as 行", _of("行", ("解決したい課題", 85.0), ("目標", 85.0)))
    page.heading("支援内容と役割分担", 3)
    page.rows(
        "役割分担 as 行",
        [
            ("実施すること", "{{ 行.実施すること }}", 60.0),
            ("実施者", _DOER, 45.0),
            *_of("行", ("期限", 30.0), ("利用する事業", 35.0)),
        ],
    )
    return _end(page)


def sitting() -> Page:
    """会議開催伺い."""
    page = _draft("会議の開催", "　下記のとおり会議を開催してよろしいか、伺います。")
    page.facts(
        *_same("会議体"),
        ("日時", "{{ 会議日 }}　{{ 時間 }}"),
        *_same("場所", "呼ぶ機関"),
        ("案件", "{{ 案件|length }}件"),
    )
    page.heading("案件", 3)
    page.rows("案件 as 行", _of("行", ("番号", 20.0), ("種別", 50.0), ("根拠", 100.0)))
    return _end(page)


def shelter() -> Page:
    """一時保護支出伺い."""
    page = _draft("緊急一時保護の経費", "　下記のとおり支出してよろしいか、伺います。")
    page.facts(
        *_same("受付番号", "本人", "科目"),
        ("金額", "{{ 金額円 }}円"),
        ("期間", "{{ 保護の始まり }}　から　{{ 保護の終わり }}"),
        *_same("人数", "ほかの事業で支出できない理由", "確かめた制度"),
    )
    return _end(page)


def fee() -> Page:
    """謝金支出伺い."""
    page = _draft("専門家の助言の謝金", "　下記のとおり支出してよろしいか、伺います。")
    page.facts(
        *_same("受付番号", "専門家", "相談した日", "助言の日", "科目"),
        ("謝金", "{{ 謝金円 }}円"),
        ("時間", "{{ 時間分 }}分"),
    )
    return _end(page)


def handover() -> Page:
    """引継書."""
    page = Page()
    page.title("引継書")
    page.line("{{ 受付番号 }}　{{ 自治体 }} {{ 担当課 }}　作成日 {{ 作成日 }}", right=True)
    page.seals("供覧欄")
    page.heading("1　どんなケースか")
    page.rows("概要 as 行", _of("行", ("項目", 45.0), ("内容", 125.0)))
    for place, (title, name, columns) in enumerate(_HANDED, start=2):
        page.heading(f"{place}　{title}")
        page.rows(f"{name} as 行", _of("行", *columns))
    page.heading(f"{len(_HANDED) + 2}　既に伺ったこと")
    page.line("「既に伺ったこと」（文書番号 {{ 既に伺ったことの番号 }}）を添えて渡します。")
    page.heading(f"{len(_HANDED) + 3}　引継ぎの確認（手で書きます）")
    page.facts(
        ("引き継ぐ人", ""), ("引き受ける人", ""), ("説明した日", "　　　年　　月　　日"),
        ("本人への紹介", "□ 済　□ これから"), ("関係機関への連絡", "□ 済　□ これから"),
    )  # fmt: skip
    page.line("{{ 様式名 }}　保存年限 {{ 保存年限 }}", right=True)
    page.line("事務局の外へ渡さないでください。")
    return page


_HANDED = (
    ("連絡上・訪問上の注意", "注意", (("だれ", 35.0), ("注意", 40.0), ("内容", 95.0))),
    ("約束と期限", "約束と期限",
     (("いつまで", 35.0), ("何の期限", 35.0), ("すること", 65.0), ("機関", 35.0))),
    ("だれが何をするか", "役割",
     (("だれが", 40.0), ("何を", 65.0), ("いつまで", 32.0), ("決めた場", 33.0))),
    ("同意の状態と範囲", "同意",
     (("だれの", 25.0), ("状態", 40.0), ("情報", 38.0), ("機関", 42.0), ("注意", 25.0))),
    ("世帯", "世帯",
     (("続柄", 35.0), ("年齢", 25.0), ("性別", 20.0), ("同居", 20.0), ("状況", 70.0))),
    ("関わる機関", "関わる機関",
     (("機関", 55.0), ("電話", 40.0), ("最後につないだ日と返事", 75.0))),
    ("これからの日程", "日程", (("日", 45.0), ("何があるか", 125.0))),
    ("会議で決めたこと", "会議で決めたこと",
     (("会議", 38.0), ("何を", 52.0), ("誰が", 28.0), ("いつまで", 26.0), ("その後", 26.0))),
    ("最近の経過", "経過",
     (("日時", 32.0), ("方法", 23.0), ("内容", 80.0), ("次にすること", 35.0))),
)  # fmt: skip


_DEPUTY = (
    "{% if 宛.個人 %}{{ 代理不可の説明 }}{% else %}職　　　　　　　　　　　　　氏名{% endif %}"
)


def notice() -> Page:
    """開催通知, a page an agency."""
    page = Page()
    page.order("for 宛 in 宛先")
    page.line("{{ 文書記号番号 }}", right=True)
    page.line("{{ 作成日 }}", right=True)
    page.line("{{ 宛.機関 }}　{{ 宛.敬称 }}")
    page.line("{{ 自治体 }}　{{ 担当課 }}", right=True)
    page.line("{{ 公印 }}", right=True)
    page.title("{{ 件名 }}")
    page.line("{{ あいさつ }}")
    page.heading("記")
    page.facts(
        ("会議", "{{ 会議体 }}{% if 随時開催 %}（随時開催）{% endif %}"),
        ("根拠", "{% for 法 in 宛.根拠 %}{{ 法.名前 }}（{{ 法.条文 }}）　{% endfor %}"),
        *_same("日時", "場所", "返信の期限"),
    )
    page.line("")
    page.line("{{ 取扱い }}")
    page.heading("{{ 返信票の名前 }}")
    page.facts(
        ("会議", "{{ 会議体 }}　{{ 日時 }}"),
        ("機関", "{{ 宛.機関 }}"),
        ("出欠", "□ 出席　　□ 欠席{% if not 宛.個人 %}　　□ 代理が出席{% endif %}"),
        ("出席する人", "職　　　　　　　　　　　　　氏名"),
        ("代理の人", _DEPUTY),
        ("連絡事項", ""),
        ("返信先", "{{ 自治体 }}　{{ 担当課 }}　期限 {{ 返信の期限 }}"),
    )  # fmt: skip
    page.order("if not loop.last")
    page.document.add_page_break()
    page.order("endif")
    page.order("endfor")
    return page


TEMPLATES = {
    "notice": notice,
    "handover": handover,
    "minutes": minutes,
    "decision": decision,
    "sitting": sitting,
    "shelter": shelter,
    "fee": fee,
}


def main() -> None:
    """Write every template into the package."""
    for stem, make in TEMPLATES.items():
        (FOLDER / f"{stem}.docx").write_bytes(make().raw())


if __name__ == "__main__":
    main()
