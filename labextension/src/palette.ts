// The list of commands (Ctrl+Shift+C) holds ours alone, until the workshop is asked for.
import type { ICommandPalette } from '@jupyterlab/apputils';
import { DisposableDelegate } from '@lumino/disposable';
import type { CommandPalette } from '@lumino/widgets';

import { OURS } from './places';

type Item = CommandPalette.IItemOptions;

/** Keep others' commands out of the palette; gives what lets them in again. */
export function onlyOurs(palette: ICommandPalette): () => void {
  const inner = (palette as unknown as { _palette?: CommandPalette })._palette;
  if (!inner) return () => undefined;
  const kept: Item[] = [];
  const { addItem } = palette;
  palette.addItem = (item: Item) => {
    if (item.command.startsWith(OURS)) return addItem.call(palette, item);
    kept.push(item);
    return new DisposableDelegate(() => kept.splice(kept.indexOf(item), 1));
  };
  for (const item of inner.items.filter(({ command }) => !command.startsWith(OURS))) {
    kept.push({ command: item.command, args: item.args, category: item.category });
    inner.removeItem(item);
  }
  return () => {
    palette.addItem = addItem;
    for (const item of kept.splice(0)) palette.addItem(item);
  };
}
