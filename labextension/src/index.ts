// The desk's side in JupyterLab. It knows no form: it lists what the server gives.
import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ILauncher } from '@jupyterlab/launcher';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';

import { addCommands, addFaces } from './commands';
import { connection } from './connection';
import { Desks } from './desks';
import { Feed } from './feed';
import { Office } from './office';
import { TODAY_PANEL, TodayPanel } from './panel';
import { parts } from './parts';
import { StatusLine } from './status';
import { sayInJapanese } from './voices';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'jusou-nb:desk',
  description: '相談の机',
  autoStart: true,
  requires: [IDocumentManager, INotebookTracker],
  optional: [ILauncher, ICommandPalette, IMainMenu, IStatusBar, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    docs: IDocumentManager,
    tracker: INotebookTracker,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    mainMenu: IMainMenu | null,
    statusBar: IStatusBar | null,
    restorer: ILayoutRestorer | null
  ) => {
    const feed = new Feed();
    const desks = new Desks(app, docs, tracker);
    const panel = new TodayPanel(feed, address => void desks.open(address));
    const office = new Office(app, { launcher, mainMenu, palette });
    app.shell.add(panel, 'left', { rank: 0 });
    restorer?.add(panel, TODAY_PANEL);
    sayInJapanese(app);
    addCommands(app, { desks, panel, office });
    office.show(addFaces(app, launcher, palette));
    statusBar?.registerStatusItem('jusou-nb:status', {
      item: new StatusLine(feed),
      align: 'left',
      rank: -100
    });
  }
};

export default [plugin, connection, parts];
