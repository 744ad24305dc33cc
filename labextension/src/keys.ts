// Alt and a digit, from anywhere: also while typing, where JupyterLab's own keys are shut off.
// Neither Windows, nor its browsers, nor Japanese input use these keys.
import type { CommandRegistry } from '@lumino/commands';

const PLAIN = /^Digit(\d)$/;

/** Run the command of a digit; a conversion under way keeps its keys. */
export function listen(commands: CommandRegistry, byDigit: ReadonlyMap<string, string>): void {
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const command = byDigit.get(PLAIN.exec(event.code)?.[1] ?? '');
    if (command === undefined) return;
    event.preventDefault();
    // JupyterLab lists the key too, and must not run the command a second time.
    event.stopImmediatePropagation();
    void commands.execute(command);
  };
  window.addEventListener('keydown', press, { capture: true });
  for (const [digit, command] of byDigit) {
    commands.addKeyBinding({ command, keys: [`Alt ${digit}`], selector: 'body' });
  }
}
