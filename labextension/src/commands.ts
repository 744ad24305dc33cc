// What can be done: by card, by menu, by palette, by key.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { ILauncher } from '@jupyterlab/launcher';
import { Menu } from '@lumino/widgets';

import type { Desks } from './desks';
import { HELP as HELP_PAGE, helpPage } from './help';
import { calendarIcon, helpIcon } from './icons';
import { listen } from './keys';
import { CATEGORY } from './office';
import type { Office } from './office';
import { TODAY_PANEL } from './panel';
import type { TodayPanel } from './panel';
import { OURS, PLACES } from './places';
import type { Place } from './places';

const TODAY = `${OURS}today`;
const HELP = `${OURS}help`;
const RESTART = `${OURS}restart`;
const NOTEBOOKS = `${OURS}notebooks`;
const idOf = (place: string): string => `${OURS}${place}`;

interface Parts {
  desks: Desks;
  panel: TodayPanel;
  office: Office;
}

/** Register all commands and their keys. */
export function addCommands(app: JupyterFrontEnd, parts: Parts): void {
  for (const { place, label, caption, icon } of PLACES) {
    const execute = () => parts.desks.open({ place });
    app.commands.addCommand(idOf(place), { label, caption, icon, execute });
  }
  app.commands.addCommand(TODAY, {
    label: '本日の対応・期限',
    icon: calendarIcon,
    execute: () => {
      app.shell.activateById(TODAY_PANEL);
      parts.panel.enter();
    }
  });
  app.commands.addCommand(HELP, { label: '使い方', icon: helpIcon, execute: () => openHelp(app) });
  app.commands.addCommand(RESTART, {
    label: '机を開き直す',
    execute: () => parts.desks.restart()
  });
  app.commands.addCommand(NOTEBOOKS, {
    label: 'ノートブックを開く（表計算やプログラムを使う方）',
    execute: () => parts.office.leave()
  });
  listen(app.commands, byDigit());
}

/** Show the cards, the palette's entries and the menu. */
export function addFaces(
  app: JupyterFrontEnd,
  launcher: ILauncher | null,
  palette: ICommandPalette | null
): Menu {
  PLACES.filter(({ card }) => card).forEach(({ place }, rank) => {
    launcher?.add({ command: idOf(place), category: CATEGORY, categoryRank: -1, rank });
  });
  const menu = new Menu({ commands: app.commands });
  menu.title.label = CATEGORY;
  for (const command of [...inOrder().map(({ place }) => idOf(place)), TODAY, HELP, RESTART, NOTEBOOKS]) {
    if (command === TODAY || command === RESTART) menu.addItem({ type: 'separator' });
    menu.addItem({ command });
    palette?.addItem({ command, category: CATEGORY });
  }
  return menu;
}

/** The places in the order of their keys. */
const inOrder = (): Place[] =>
  PLACES.toSorted((a, b) => (a.digit ?? '').localeCompare(b.digit ?? ''));

function byDigit(): ReadonlyMap<string, string> {
  const found = inOrder().flatMap(({ digit, place }) => (digit ? [[digit, idOf(place)] as const] : []));
  return new Map([...found, ['5', TODAY], ['0', HELP]]);
}

function openHelp(app: JupyterFrontEnd): void {
  const keys = [...byDigit()].map(
    ([digit, command]) => [`Alt と ${digit}`, app.commands.label(command)] as const
  );
  const found = [...app.shell.widgets('main')].find(widget => widget.id === HELP_PAGE);
  const page = found ?? helpPage(keys);
  if (!found) app.shell.add(page, 'main');
  app.shell.activateById(page.id);
}
