// The panel 「本日の対応・期限」 on the left: counts by kind, the most pressing first.
import { Widget } from '@lumino/widgets';

import { button, element } from './dom';
import type { Feed, State } from './feed';
import { calendarIcon } from './icons';
import type { Address, Kind, Today, Waiting } from './server';
import { wareki } from './words';

export const TODAY_PANEL = 'jusou-today';
const TITLE = '本日の対応・期限';

export class TodayPanel extends Widget {
  constructor(private _feed: Feed, private _open: (address: Address) => void) {
    super();
    this.id = TODAY_PANEL;
    this.addClass('jusou-today');
    this.title.icon = calendarIcon;
    this.title.caption = TITLE;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', TITLE);
    this.node.setAttribute('data-lm-suppress-shortcuts', 'true');
    const again = button('更新', () => void this._feed.refresh());
    this._said.setAttribute('role', 'status');
    this.node.append(element('div', 'jusou-today-head', element('h2', '', TITLE), again), this._said, this._list);
    this._feed.changed.connect(() => this._draw(this._feed.state));
    this._draw(this._feed.state);
  }

  /** Put the keyboard on the first thing that can be opened. */
  enter(): void {
    this.node.querySelector<HTMLElement>('summary, button')?.focus();
  }

  private _draw(state: State): void {
    const drawn = JSON.stringify(state);
    if (drawn === this._drawn) return;
    this._drawn = drawn;
    const focused = (document.activeElement as HTMLElement | null)?.dataset['key'];
    const [said, ...parts] = this._parts(state);
    this._said.replaceChildren(said ?? '');
    this._list.replaceChildren(...parts);
    const held = [...this.node.querySelectorAll<HTMLElement>('[data-key]')];
    if (focused) held.find(part => part.dataset['key'] === focused)?.focus();
  }

  /** What is said on top, and what is listed below it. */
  private _parts(state: State): (Node | string)[] {
    if (state.is === 'loading') return ['読み込んでいます…'];
    if (state.is === 'silent') {
      return [`${state.why}しばらくたってから「更新」を押してください。`];
    }
    const { today } = state;
    if (today.store === null) {
      const begin = button('はじめる', () => this._open({ place: 'home' }), 'jusou-side-filled');
      return ['業務ファイルがまだ決まっていません。', begin];
    }
    if (today.closed) return [today.closed];
    return [counted(today), ...today.kinds.map(kind => this._kind(kind))];
  }

  private _kind(kind: Kind): HTMLElement {
    const count = element('span', 'jusou-count', `${kind.count}件`);
    const head = element('summary', '', element('span', 'jusou-kind', kind.label), count);
    if (kind.overdue) head.append(element('span', 'jusou-late', `超過 ${kind.overdue}件`));
    head.dataset['key'] = kind.label;
    const list = element('ul', '', ...kind.items.map(item => this._item(kind, item)));
    const more = kind.count - kind.items.length;
    const made = element('details', '', head, list);
    if (more > 0) made.append(this._rest(more));
    made.open = this._opened.get(kind.label) ?? kind.overdue > 0;
    made.addEventListener('toggle', () => this._opened.set(kind.label, made.open));
    return made;
  }

  private _item(kind: Kind, item: Waiting): HTMLElement {
    const made = button('', () => this._open(item.open), 'jusou-item');
    const day = item.due ? wareki(item.due) : '期限なし';
    made.append(element('span', 'jusou-item-title', item.title), element('span', '', day));
    if (item.late) made.append(element('span', 'jusou-late', `${item.late}日超過`));
    made.append(element('span', 'jusou-item-detail', item.detail));
    made.dataset['key'] = `${kind.label}/${JSON.stringify(item.open)}`;
    return element('li', '', made);
  }

  private _rest(more: number): HTMLElement {
    return button(`ほか${more}件を期限の画面で見る`, () => this._open({ place: 'due' }));
  }

  private _said = element('p', 'jusou-said');
  private _list = element('div', 'jusou-kinds');
  private _opened = new Map<string, boolean>();
  private _drawn = '';
}

function counted({ kinds }: Today): string {
  const all = kinds.reduce((sum, kind) => sum + kind.count, 0);
  const late = kinds.reduce((sum, kind) => sum + kind.overdue, 0);
  if (!all) return '待っていることはありません。';
  return late ? `${all}件（うち期限超過 ${late}件）` : `${all}件（期限超過はありません）`;
}
