// The server is gone: JupyterLab would stop the work with a dialog, half of it English.
// Here the bar below, the panel and the line above the desk say it, and all try on.
import { IConnectionLost } from '@jupyterlab/application';
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

export const LOST = 'jusou:lost';

export const connection: JupyterFrontEndPlugin<IConnectionLost> = {
  id: 'jusou-nb:connection',
  description: 'サーバーにつながらないときの知らせ',
  autoStart: true,
  provides: IConnectionLost,
  activate: () => () => {
    window.dispatchEvent(new CustomEvent(LOST));
    return Promise.resolve();
  }
};
