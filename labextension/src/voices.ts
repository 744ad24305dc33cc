// English that JupyterLab keeps for screen readers, said in Japanese.
import type { JupyterFrontEnd, LabShell } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { Widget } from '@lumino/widgets';

const SKIP = '本文へ移る';
const TOP = '上の帯';
const TOOLS = '道具';

/** Say what lies around the pages, now and whenever a page is added. */
export function sayInJapanese(app: JupyterFrontEnd): void {
  const again = (): void => {
    for (const page of app.shell.widgets('main')) name(page);
  };
  (app.shell as LabShell).layoutModified?.connect(again);
  void app.restored.then(() => {
    again();
    for (const skip of document.querySelectorAll('.skip-link')) skip.textContent = SKIP;
    document.querySelector('#jp-top-bar')?.setAttribute('aria-label', TOP);
  });
}

function name(page: Widget): void {
  if (!(page instanceof MainAreaWidget)) return;
  page.content.node.setAttribute('aria-label', page.title.label);
  page.toolbar.node.setAttribute('aria-label', TOOLS);
}
