// What JupyterLab's server says of the store. Nothing that anybody typed goes into an address.
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { Contents } from '@jupyterlab/services';
import type { JSONValue } from '@lumino/coreutils';

/** A place on the desk, as `widgets/doorway.py` understands it. */
export type Address =
  | { place: string }
  | { page: string; what?: JSONValue };

/** Something that waits. */
export interface Waiting {
  title: string;
  detail: string;
  due: string | null;
  /** So many days late; 0 is in time. */
  late: number;
  open: { page: string; what: JSONValue };
}

/** All that waits of one kind; the server lists the most pressing only. */
export interface Kind {
  kind: string;
  label: string;
  count: number;
  overdue: number;
  items: Waiting[];
}

export interface Today {
  /** The store's name; null: none is chosen yet. */
  store: string | null;
  worker: string;
  /** When a record was last saved (ISO). */
  last_save: string | null;
  /** Why this worker sees no case; empty: they do. */
  closed?: string;
  /** Something was saved since this was counted: ask again soon. */
  stale?: boolean;
  kinds: Kind[];
}

/** The server did not answer, or refused: `message` is for the worker. */
export class Refused extends Error {}

const UNREACHED = 'サーバーから返事がありません。';
const SIGNED_OUT = 'ログインの期限が切れました。この画面は閉じずに、別のタブで机を開いてください。';

async function ask<T>(path: string): Promise<T> {
  const settings = ServerConnection.makeSettings();
  const address = URLExt.join(settings.baseUrl, 'jusou', path);
  let answer: Response;
  try {
    answer = await ServerConnection.makeRequest(address, {}, settings);
  } catch {
    throw new Refused(UNREACHED);
  }
  if (answer.status === 401 || answer.status === 403) throw new Refused(SIGNED_OUT);
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok || said === null) throw new Refused(messageOf(said));
  return said as T;
}

function messageOf(said: unknown): string {
  if (said !== null && typeof said === 'object' && 'message' in said) {
    const { message } = said;
    if (typeof message === 'string' && message) return message;
  }
  return UNREACHED;
}

export const today = (): Promise<Today> => ask<Today>('today');

/** The desk's notebook, for a server whose folder has none yet. */
export const deskNotebook = (): Promise<Contents.IModel['content']> => ask('notebook');
