// One line above the desk: it opens, it was opened again, it cannot be reached.
import { Widget } from '@lumino/widgets';

import { button, element } from './dom';

export class Notice extends Widget {
  constructor() {
    super();
    this.addClass('jusou-lab-line');
    this.node.setAttribute('role', 'status');
    this.hide();
  }

  /** Say something, with what can be done about it. */
  say(words: string, tone: 'plain' | 'fault' = 'plain', action?: [string, () => void]): void {
    window.clearTimeout(this._timer);
    this.node.dataset['tone'] = tone;
    this.node.replaceChildren(element('span', '', words));
    if (action) this.node.append(button(action[0], action[1]));
    this.show();
  }

  /** Say something that is gone after a while. */
  sayBriefly(words: string): void {
    this.say(words);
    this._timer = window.setTimeout(() => this.clear(), 20_000);
  }

  /** Whether these words stand there. */
  says(words: string): boolean {
    return this.node.firstElementChild?.textContent === words;
  }

  clear(): void {
    window.clearTimeout(this._timer);
    this.node.replaceChildren();
    this.hide();
  }

  private _timer = 0;
}
