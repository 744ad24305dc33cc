// The models of boxes, buttons and headings: drawn by the script that a form's head brings along.
// An anywidget each would import a script a model; a form has a hundred of them (ADR 22).
import { DOMWidgetModel, DOMWidgetView, IJupyterWidgetRegistry } from '@jupyter-widgets/base';
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

/** What draws a model into an element, until the signal ends it (`widgets/controls.js`). */
type Render = (at: { model: DOMWidgetModel; el: HTMLElement; signal: AbortSignal }) => void;

/** Where the script leaves what it draws with, and where who needs it waits for it. */
interface Place {
  drawn: Promise<Render>;
  tell: (render: Render) => void;
}

/** The place of a script by its mark; whoever comes first, script or model, makes it. */
function placeOf(mark: string): Place {
  const places = globalThis as unknown as Record<symbol, Place | undefined>;
  return (places[Symbol.for(`jusou-${mark}`)] ??= made());
}

function made(): Place {
  let tell: Place['tell'] = () => undefined;
  const drawn = new Promise<Render>(resolve => {
    tell = resolve;
  });
  return { drawn, tell };
}

export class PartModel extends DOMWidgetModel {}

export class PartView extends DOMWidgetView {
  override async render(): Promise<void> {
    super.render();
    const draw = await placeOf(this.model.get('drawn_by') as string).drawn;
    if (this._gone.signal.aborted) return;
    draw({ model: this.model, el: this.el, signal: this._gone.signal });
  }

  override remove(): this {
    this._gone.abort();
    return super.remove() as this;
  }

  private _gone = new AbortController();
}

export const parts: JupyterFrontEndPlugin<void> = {
  id: 'jusou-nb:parts',
  description: '欄・ボタン・見出しの部品',
  autoStart: true,
  requires: [IJupyterWidgetRegistry],
  activate: (_app, registry: IJupyterWidgetRegistry) => {
    registry.registerWidget({ name: 'jusou-nb', version: '1.0.0', exports: { PartModel, PartView } });
  }
};
