// The comm to a desk's kernel: addresses go in, what was opened comes back.
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';

import type { Address } from './server';

const TARGET = 'jusou.desk';

/** What the desk answers. */
interface Answer {
  opened?: string;
  refused?: string;
  at?: string;
}

/** Who is told of the answers. */
interface Hearer {
  opened: () => void;
  refused: (why: string) => void;
}

export class Doorway {
  constructor(private _context: ISessionContext, private _hearer: Hearer) {}

  /** The page that the desk shows. */
  at: string | null = null;

  /** Listen to a desk that runs, or is about to: the kernel keeps the order of requests. */
  listen(): void {
    this.part();
    const kernel = this._context.session?.kernel;
    if (!kernel) return;
    const comm = kernel.createComm(TARGET);
    comm.onMsg = message => this._hear(message.content.data as Answer);
    comm.onClose = () => {
      this._comm = null;
    };
    comm.open({});
    this._comm = comm;
  }

  /** Whether somebody listens at the other end. */
  get isOpen(): boolean {
    return this._comm !== null && !this._comm.isDisposed;
  }

  send(address: Address): void {
    this._comm?.send(address);
  }

  /** Tell the desk that nobody looks at it any more; it puts its widgets away. */
  leave(): void {
    const comm = this._comm;
    this._comm = null;
    if (comm && !comm.isDisposed) void comm.close();
  }

  /** Forget a desk that has gone. */
  part(): void {
    const old = this._comm;
    this._comm = null;
    if (old && !old.isDisposed) old.dispose();
  }

  private _hear(answer: Answer): void {
    this.at = answer.at ?? answer.opened ?? this.at;
    if (answer.refused) this._hearer.refused(answer.refused);
    // What was opened arrives with the next frames.
    if (answer.opened) requestAnimationFrame(() => requestAnimationFrame(this._hearer.opened));
  }

  private _comm: Kernel.IComm | null = null;
}
