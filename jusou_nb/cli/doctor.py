"""doctor: health in words, a line each; what is wrong says what to do."""

import argparse
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from jusou_nb import settings
from jusou_nb.cli import whence
from jusou_nb.cli.common import existing
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import JusouError, StoreError
from jusou_nb.store import open_store
from jusou_nb.store.connection import NETWORK_FILE_SYSTEMS, file_system
from jusou_nb.store.runs import FAILED, latest

_OWN, _SHARED = (0o700, 0o600), (0o2770, 0o660)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    good: bool
    text: str

    def __str__(self) -> str:
        """Write as a line."""
        return f"{'○' if self.good else '×'} {self.text}"


_SQLITE = b"SQLite format 3\0"


def doctor(options: argparse.Namespace, screen: Screen) -> None:
    """Look at the place and the store, or at papers handed over; refuse where one is wrong."""
    stores = [path for path in options.paths if _is_store(path)]
    files = [path for path in options.paths if path not in stores]
    if files:
        whence.files_of(next(iter(stores), None), files, screen)
    else:
        _health(existing(next(iter(stores), None) or whence.usual_store()), screen)


def _is_store(path: Path) -> bool:
    """Whether a path names a store: by how the file begins, or by its name where it is none."""
    if not path.is_file():
        return path.suffix == ".db"
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _health(store: Path, screen: Screen) -> None:
    findings = [*_place(store), *_content(store), *_program()]
    for finding in findings:
        screen.say(str(finding))
    screen.say()
    screen.say("設定（環境変数）")
    for setting in settings.SETTINGS:
        screen.say(f"  {setting.name} = {setting.get() or '（なし）'}  {setting.help}")
    wrong = sum(not finding.good for finding in findings)
    if wrong:
        raise StoreError(f"直すところが {wrong} か所あります。× の行を見てください")


def _place(store: Path) -> Iterator[Finding]:
    kind = file_system(store)
    remote = kind in NETWORK_FILE_SYSTEMS
    yield Finding(
        not remote,
        f"置き場所: ネットワークドライブ（{kind}）です。サーバーのディスクに移してください"
        if remote
        else "置き場所: このコンピューターのディスク",
    )
    folder, file = (stat.S_IMODE(path.stat().st_mode) for path in (store.absolute().parent, store))
    if (folder, file) in (_OWN, _SHARED):
        who = "本人だけ" if (folder, file) == _OWN else "グループで共有"
        yield Finding(good=True, text=f"権限: {who}（フォルダー {folder:o}、ファイル {file:o}）")
        return
    yield Finding(
        good=False,
        text=f"権限: フォルダー {folder:o}、ファイル {file:o}。一人で使うなら chmod 700 と 600、"
        "共有なら専用グループのフォルダーで chmod 2770 と 660 にしてください",
    )


def _content(store: Path) -> Iterator[Finding]:
    try:
        with open_store(store, readonly=True) as opened:
            yield Finding(good=True, text=f"版: 今の版（{opened.profile.municipality}）")
            faults = opened.verify()
            yield Finding(
                not faults, f"記録: {'／'.join(faults)}" if faults else "記録: 書き換えなし"
            )
            yield _last_run(latest(opened, 1))
    except JusouError as fault:
        yield Finding(good=False, text=f"中身: {fault}")


def _last_run(found: list[dict[str, str]]) -> Finding:
    if not found:
        return Finding(good=True, text="資料の作成: まだありません")
    run = found[0]
    failed = run["result"] == FAILED
    told = f"できませんでした（{run['message']}）" if failed else "できています"
    return Finding(not failed, f"最後の資料の作成: {run['started_at']} {told}")


def _program() -> Iterator[Finding]:
    # papermill and nbconvert take a second to load; only this check needs the two.
    from jusou_nb.runner import export, templates  # noqa: PLC0415

    missing = {"conference_packet", "monthly_report", "desk"} - templates.every().keys()
    yield Finding(
        not missing,
        f"テンプレート: {'、'.join(sorted(missing))} がありません。入れ直してください"
        if missing
        else "テンプレート: そろっています",
    )
    installed = export.is_installed()
    yield Finding(
        installed,
        "印刷の型: jupyter nbconvert --template jusou でも使えます"
        if installed
        else "印刷の型: JupyterLab から使えません。pip install で入れ直してください",
    )
    font = find_spec("matplotlib_fontja") is not None
    yield Finding(
        font, f"図の日本語フォント: {'あります' if font else 'ありません。入れ直してください'}"
    )
    fast = sys.platform == "linux"
    yield Finding(good=True, text=f"資料の作り方: {'速い方式' if fast else '標準（papermill）'}")
