// 使い方: what the keys do, on one page. The words for each form are the desk's own.
import { MainAreaWidget } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import { element } from './dom';
import { helpIcon } from './icons';

export const HELP = 'jusou-lab-help';

/** Make the page; `keys` are (key, what it does). */
export function helpPage(keys: readonly (readonly [string, string])[]): MainAreaWidget {
  const rows = keys.map(([key, does]) =>
    element('tr', '', element('th', '', key), element('td', '', does))
  );
  const content = new Widget();
  content.addClass('jusou-lab-help');
  content.node.append(
    element('h1', '', '使い方'),
    element('p', '', '左の「本日の対応・期限」から、待っている記録がそのまま開きます。書いた文字は一秒ほどで下書きに残り、画面を閉じても「続きを書く」から戻ります。'),
    element('h2', '', 'どこからでも使えるキー'),
    element('table', '', element('tbody', '', ...rows)),
    element('h2', '', '机の中のキー'),
    element('p', '', 'Tab で次の欄、Shift と Tab で前の欄、矢印で上の見出し（ページ）を移ります。変換中の Enter で登録されることはありません。'),
    element('h2', '', '困ったとき'),
    element('p', '', '画面が動かないときは、上の「相談の机」から「机を開き直す」を選んでください。続くときは管理者に伝えてください。')
  );
  const page = new MainAreaWidget({ content });
  page.toolbar.hide();
  page.id = HELP;
  page.title.label = '使い方';
  page.title.icon = helpIcon;
  page.title.closable = true;
  return page;
}
