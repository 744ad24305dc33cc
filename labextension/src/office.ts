// An office instead of a workshop: JupyterLab's own cards, menus and tabs step back.
// Whoever knows pandas brings them back by a command, until the page is loaded again.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { ILauncher } from '@jupyterlab/launcher';
import type { IMainMenu } from '@jupyterlab/mainmenu';
import type { Signal } from '@lumino/signaling';
import type { Menu, MenuBar } from '@lumino/widgets';

import { onlyOurs } from './palette';
import { TODAY_PANEL } from './panel';

export const CATEGORY = '相談の机';
const OFFICE = 'jusou-office';

/** What of JupyterLab is there to step back. */
export interface Workshop {
  launcher: ILauncher | null;
  mainMenu: IMainMenu | null;
  palette: ICommandPalette | null;
}

export class Office {
  constructor(private _app: JupyterFrontEnd, { launcher, mainMenu, palette }: Workshop) {
    document.body.classList.add(OFFICE);
    this._bar = mainMenu as unknown as MenuBar | null;
    if (launcher) this._cardsOf(launcher as ILauncher.IModel);
    if (palette) this._letIn = onlyOurs(palette);
    window.addEventListener('contextmenu', event => this._onContextMenu(event), { capture: true });
  }

  /** Our own menu, the only one of the office. */
  show(menu: Menu): void {
    menu.title.className = 'jusou-lab-menu';
    this._bar?.addMenu(menu);
    void this._app.restored.then(() => this._clear(menu));
  }

  /** Bring back the notebooks and all that belongs to them. */
  async leave(): Promise<void> {
    if (!this._inside) return;
    this._inside = false;
    document.body.classList.remove(OFFICE);
    for (const menu of this._away) this._bar?.addMenu(menu);
    this._letIn();
    this._redraw();
    await this._app.commands.execute('filebrowser:activate');
  }

  private _clear(ours: Menu): void {
    if (!this._inside || !this._bar) return;
    this._away = this._bar.menus.filter(menu => menu !== ours);
    for (const menu of this._away) this._bar.removeMenu(menu);
    const shell = this._app.shell as unknown as { collapseRight?: () => void };
    shell.collapseRight?.();
    this._app.shell.activateById(TODAY_PANEL);
  }

  private _cardsOf(model: ILauncher.IModel): void {
    const all = model.items.bind(model);
    model.items = () => [...all()].filter(item => !this._inside || item.category === CATEGORY).values();
    this._redraw = () => (model.stateChanged as Signal<ILauncher.IModel, void>).emit();
  }

  /** The browser's own menu copies and pastes; JupyterLab's would cut cells. */
  private _onContextMenu(event: Event): void {
    if (this._inside) event.stopImmediatePropagation();
  }

  private _inside = true;
  private _away: Menu[] = [];
  private _bar: MenuBar | null;
  private _redraw: () => void = () => undefined;
  private _letIn: () => void = () => undefined;
}
