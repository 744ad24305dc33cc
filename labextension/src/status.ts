// The bar below: which store, who works, when a record was last saved, and when none can be.
import { Widget } from '@lumino/widgets';

import { element } from './dom';
import type { Feed } from './feed';
import { moment } from './words';

export class StatusLine extends Widget {
  constructor(private _feed: Feed) {
    super();
    this.addClass('jusou-status');
    this._alarm.setAttribute('role', 'alert');
    this.node.append(this._facts, this._alarm);
    this._feed.changed.connect(() => this._draw());
    this._draw();
  }

  private _draw(): void {
    const { state, saving } = this._feed;
    const alarm = saving.ok ? (state.is === 'silent' ? '記録を読めません' : '') : '保存できません';
    if (this._alarm.textContent !== alarm) this._alarm.textContent = alarm;
    this._facts.replaceChildren(...this._words().map(word => element('span', '', word)));
  }

  private _words(): string[] {
    const { state } = this._feed;
    if (state.is !== 'known') return [];
    const { store, worker, last_save: saved } = state.today;
    if (store === null) return ['業務ファイル 未選択'];
    const at = saved ? moment(saved) : 'まだありません';
    return [`業務ファイル ${store}`, `担当 ${worker}`, `最終保存 ${at}`];
  }

  private _facts = element('span', 'jusou-status-facts');
  private _alarm = element('span', 'jusou-status-alarm');
}
