// What waits today, asked once a minute, sooner while nobody answers, and whenever the desk tells of news.
import { ISignal, Signal } from '@lumino/signaling';

import { LOST } from './connection';
import { Refused, today } from './server';
import type { Today } from './server';

const MINUTE = 60_000;
const RETRY = 5_000;
const SOON = 800;
const PAUSE = 300;

/** The last answer, or why there is none. */
export type State =
  | { is: 'loading' }
  | { is: 'silent'; why: string }
  | { is: 'known'; today: Today };

/** Whether typing reaches the server, as the desk's forms say with the event `jusou:saving`. */
export interface Saving {
  ok: boolean;
  at?: string;
}

export class Feed {
  constructor() {
    window.addEventListener('jusou:news', () => this.soon());
    window.addEventListener(LOST, () => this.soon());
    window.addEventListener('jusou:saving', event => {
      this._saving = (event as CustomEvent<Saving>).detail;
      this._changed.emit();
    });
    void this.refresh();
  }

  get changed(): ISignal<Feed, void> {
    return this._changed;
  }

  get state(): State {
    return this._state;
  }

  get saving(): Saving {
    return this._saving;
  }

  /** Ask again shortly; many saves at once are one question. */
  soon(): void {
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => void this.refresh(), PAUSE);
  }

  async refresh(): Promise<void> {
    const mine = ++this._asked;
    const found = await answer();
    // A later question was answered first: this answer is old.
    if (mine < this._shown) return;
    this._shown = mine;
    this._state = found;
    this._changed.emit();
    window.clearTimeout(this._next);
    this._next = window.setTimeout(() => void this.refresh(), pauseAfter(found));
  }

  private _asked = 0;
  private _shown = 0;
  private _timer = 0;
  private _next = 0;
  private _saving: Saving = { ok: true };
  private _state: State = { is: 'loading' };
  private _changed = new Signal<Feed, void>(this);
}

/** When to ask again: soon where nobody answered, or where a new count is being made. */
function pauseAfter(state: State): number {
  if (state.is === 'known' && state.today.stale) return SOON;
  return state.is === 'silent' ? RETRY : MINUTE;
}

async function answer(): Promise<State> {
  try {
    return { is: 'known', today: await today() };
  } catch (fault) {
    const why = fault instanceof Refused ? fault.message : `${fault}`;
    return { is: 'silent', why };
  }
}
