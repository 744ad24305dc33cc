// A notebook that is a desk: run by itself, shown without its notebook, raised when it falls.
import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { CommsOverSubshells, KernelAPI } from '@jupyterlab/services';
import type { Kernel } from '@jupyterlab/services';
import { MessageLoop } from '@lumino/messaging';

import { Doorway } from './doorway';
import { homeIcon } from './icons';
import { Notice } from './notice';
import type { Address } from './server';

const TITLE = '相談の机';
const OPENING = '相談の机を開いています…';
const FELL = '机の処理が止まったため、開き直しています。入力した文字は下書きから戻ります。';
const ROSE = '机を開き直しました。書きかけは「続きを書く」から戻ります。';
const DEAD = '机の処理が止まりました。「開き直す」を押してください。入力した文字は下書きから戻ります。';
const LOST = 'サーバーにつながりません。つながるまで入力を控えてください。';
const PATIENCE = 3_000;
const OVERDUE = 8_000;
const ATTEMPTS = 3;
const AGAIN = '開き直す';
const CLOSE = '閉じる';
const UNKEPT = '書いたことをまだ保存できません。保存できしだい、机を開き直します。この画面は閉じないでください。';
const GIVE_UP = '保存を待たずに開き直す';
const KEEPING = 1_500;
const KEPT = '書いたことは下書きに残っています。登録するには「登録」を押してください。';

/** Forms that hold unsaved text put what they wait for into its detail (`widgets/courier.js`). */
const PARTING = 'jusou:parting';

/** Whether a notebook is a desk: its own metadata say so. */
export function isDesk(panel: NotebookPanel): boolean {
  return panel.model?.getMetadata('jusou') === 'desk';
}

export class Desk {
  constructor(readonly panel: NotebookPanel) {
    this._notice = new Notice();
    this._doorway = new Doorway(panel.sessionContext, {
      opened: () => this._enter(),
      refused: why => this._notice.say(why, 'fault', [CLOSE, () => this._notice.clear()])
    });
    panel.contentHeader.addWidget(this._notice);
    this._dress();
    const context = panel.sessionContext;
    context.statusChanged.connect((_, status) => this._onStatus(status));
    context.connectionStatusChanged.connect((_, status) => this._onConnection(status));
    const leave = (): void => this._doorway.leave();
    window.addEventListener('pagehide', leave);
    // Its widgets go while nobody waits, and not when the desk is opened the next time.
    MessageLoop.installMessageHook(panel, (_, { type }) => {
      if (type === 'close-request') leave();
      return true;
    });
    panel.disposed.connect(() => {
      window.clearTimeout(this._lost);
      window.clearTimeout(this._rescue);
      window.removeEventListener('pagehide', leave);
    });
  }

  /** Open the desk, at an address or where it opens by itself. */
  async start(address?: Address): Promise<void> {
    this._wanted = address;
    this._notice.say(OPENING);
    await this.panel.sessionContext.ready;
    await this._run();
  }

  /** Go to an address; a desk that is about to open opens there. */
  go(address: Address): void {
    if (this._doorway.isOpen) this._doorway.send(address);
    else this._wanted = address;
  }

  /** Throw the kernel away and open the desk afresh, where it was. */
  async restart(): Promise<void> {
    this._fell = false;
    await this._kept();
    this._notice.say(OPENING);
    this._doorway.part();
    await this._renew();
    await this._run();
  }

  private async _renew(): Promise<void> {
    const { sessionContext } = this.panel;
    const { session } = sessionContext;
    if (session?.kernel?.status !== 'dead') return sessionContext.restartKernel();
    // The server let go of a kernel that fell too often, and of its session.
    const { name } = session.kernel;
    session.dispose();
    await sessionContext.changeKernel({ name });
  }

  private async _run(): Promise<void> {
    const cell = this.panel.content.widgets[0];
    if (!(cell instanceof CodeCell)) return;
    const kernel = this.panel.sessionContext.session?.kernel;
    // One thing after another: a desk has one store, and a risen kernel has no subshells.
    if (kernel) kernel.commsOverSubshells = CommsOverSubshells.Disabled;
    const alone = await this._isAlone();
    const at = this._wanted ?? (this._doorway.at ? { page: this._doorway.at } : {});
    this._wanted = undefined;
    const said = { jusou: { ...at, alone } };
    const done = CodeCell.execute(cell, this.panel.sessionContext, said);
    this._doorway.listen();
    await done;
    this._notice.clear();
  }

  /** Wait until what was typed in the forms is safe: opening the desk takes them away. */
  private async _kept(): Promise<void> {
    const waits: Promise<void>[] = [];
    window.dispatchEvent(new CustomEvent(PARTING, { detail: waits }));
    let timer = 0;
    const givenUp = new Promise<void>(resolve => {
      const say = (): void => this._notice.say(UNKEPT, 'fault', [GIVE_UP, resolve]);
      timer = window.setTimeout(say, KEEPING);
    });
    await Promise.race([Promise.all(waits), givenUp]);
    window.clearTimeout(timer);
  }

  /** Open the desk in the kernel that took the fallen one's place; a lost request is repeated. */
  private async _rise(): Promise<void> {
    if (!this._fell) return;
    this._fell = false;
    window.clearTimeout(this._rescue);
    await this._kept();
    for (let attempt = 0; attempt < ATTEMPTS && !this.panel.isDisposed; attempt += 1) {
      const overdue = new Promise<false>(give => window.setTimeout(() => give(false), OVERDUE));
      const run = this._run().then(() => true, () => false);
      if (await Promise.race([run, overdue])) return this._notice.sayBriefly(ROSE);
    }
    if (!this._fell) this._tellDead();
  }

  private _tellDead(): void {
    this._notice.say(DEAD, 'fault', [AGAIN, () => void this.restart()]);
  }

  /** Whether no other window shows a desk of this kernel; what an earlier page left may go. */
  private async _isAlone(): Promise<boolean> {
    const kernel = this.panel.sessionContext.session?.kernel;
    const id = kernel?.id;
    // Before it answers, this page's own connection is not among those that are counted.
    // A kernel that took another's place may never answer this, and is our own anyway.
    const waited = new Promise(resolve => window.setTimeout(resolve, PATIENCE));
    await Promise.race([kernel?.info.catch(() => undefined), waited]);
    if (kernel?.connectionStatus !== 'connected') return false;
    const model = id ? await KernelAPI.getKernelModel(id).catch(() => undefined) : undefined;
    return (model?.connections ?? 2) <= 1;
  }

  /** Put the keyboard into the page that was opened, unless a form took it already. */
  private _enter(): void {
    const room = this.panel.node.querySelector<HTMLElement>('.jusou-room');
    if (!room || room.contains(document.activeElement)) return;
    room.tabIndex = -1;
    room.focus({ preventScroll: true });
  }

  /** Take the notebook away from around the desk. */
  private _dress(): void {
    const { panel } = this;
    panel.addClass('jusou-desk-panel');
    this._name();
    panel.toolbar.hide();
    // The single keys of a notebook would cut cells while somebody presses a button.
    panel.node.setAttribute('data-lm-suppress-shortcuts', 'true');
    panel.node.addEventListener('keydown', event => this._onKey(event));
    // What is shown is never the notebook's to save: closing asks nothing, and writes nothing.
    panel.context.model.stateChanged.connect(model => {
      if (model.dirty) model.dirty = false;
    });
    // To a screen reader it is a page, no feed of cells.
    const view = panel.node.querySelector('.jp-WindowedPanel-viewport');
    for (const name of ['role', 'aria-label']) view?.removeAttribute(name);
    this._silence();
  }

  /** Call the tab what it is; JupyterLab would rename the file after it. */
  private _name(): void {
    const { title } = this.panel;
    const own = this.panel as unknown as { _onTitleChanged?: () => void };
    if (!own._onTitleChanged) return;
    title.changed.disconnect(own._onTitleChanged, this.panel);
    title.label = title.caption = TITLE;
    title.icon = homeIcon;
    // JupyterLab tells paths and checkpoints there after each reading of the file.
    title.changed.connect(({ caption }) => {
      if (caption !== TITLE) title.caption = TITLE;
    });
  }

  /** Keep JupyterLab's own dialog about a fallen kernel away; the line above the desk tells. */
  private _silence(): void {
    const own = this.panel as unknown as { _onSessionStatusChanged?: () => void };
    const slot = own._onSessionStatusChanged;
    if (slot) this.panel.sessionContext.statusChanged.disconnect(slot, this.panel);
  }

  /** The browser would offer to save the page, which holds what was typed. */
  private _onKey(event: KeyboardEvent): void {
    if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this._notice.sayBriefly(KEPT);
  }

  private _onStatus(status: Kernel.Status): void {
    if (status === 'autorestarting') {
      this._fell = true;
      this._doorway.part();
      this._notice.say(FELL);
      // The word that it stands again may get lost on the way.
      this._rescue = window.setTimeout(() => void this._rise(), OVERDUE);
    } else if (status === 'dead') {
      this._tellDead();
    } else if (status === 'idle' && this._fell) {
      void this._rise();
    }
  }

  private _onConnection(status: Kernel.ConnectionStatus): void {
    window.clearTimeout(this._lost);
    if (status !== 'connected') {
      // A short break heals by itself and is not worth a word.
      this._lost = window.setTimeout(() => {
        if (!this._notice.says(DEAD)) this._notice.say(LOST, 'fault');
      }, PATIENCE);
    } else if (this._notice.says(LOST)) {
      this._notice.clear();
    }
  }

  private _notice: Notice;
  private _doorway: Doorway;
  private _wanted: Address | undefined;
  private _fell = false;
  private _lost = 0;
  private _rescue = 0;
}
