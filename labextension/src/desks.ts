// All desks that are open, and the way to open one.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

import { Desk, isDesk } from './desk';
import { deskNotebook } from './server';
import type { Address } from './server';

const PATH = 'desk.ipynb';
const QUIET = 1_000;

export class Desks {
  constructor(
    private _app: JupyterFrontEnd,
    private _docs: IDocumentManager,
    private _tracker: INotebookTracker
  ) {
    _tracker.widgetAdded.connect((_, panel) => void this._meet(panel));
    _tracker.forEach(panel => void this._meet(panel));
    void _app.restored.then(() => void this._standBy());
  }

  /** Bring a desk to the front and go to an address there. */
  async open(address?: Address): Promise<NotebookPanel | undefined> {
    const found = this._front();
    if (found) {
      this._app.shell.activateById(found.panel.id);
      if (address) found.go(address);
      return found.panel;
    }
    this._asked = address;
    await this._provide();
    return this._docs.openOrReveal(PATH) as NotebookPanel | undefined;
  }

  /** Open the desk in front afresh. */
  async restart(): Promise<void> {
    await this._front()?.restart();
  }

  /** The desk that was used last. */
  private _front(): Desk | undefined {
    const current = this._tracker.currentWidget;
    return (current && this._desks.get(current)) || [...this._desks.values()].at(-1);
  }

  /** Open the desk with JupyterLab, behind whatever came to the front: a card finds it there. */
  private async _standBy(): Promise<void> {
    const { shell } = this._app;
    do await new Promise(done => window.setTimeout(done, QUIET));
    while (shell.widgets('main').next().done);
    if (this._tracker.size) return;
    await this._provide();
    this._docs.openOrReveal(PATH, 'default', undefined, { activate: false });
  }

  private async _meet(panel: NotebookPanel): Promise<void> {
    await panel.context.ready;
    if (panel.isDisposed || this._desks.has(panel) || !isDesk(panel)) return;
    const desk = new Desk(panel);
    this._desks.set(panel, desk);
    panel.disposed.connect(() => this._desks.delete(panel));
    const address = this._asked;
    this._asked = undefined;
    await desk.start(address);
  }

  /** Put the desk's notebook there where the server's folder has none. */
  private async _provide(): Promise<void> {
    const { contents } = this._app.serviceManager;
    try {
      await contents.get(PATH, { content: false });
    } catch {
      const content = await deskNotebook();
      await contents.save(PATH, { type: 'notebook', format: 'json', content });
    }
  }

  private _asked: Address | undefined;
  private _desks = new Map<NotebookPanel, Desk>();
}
