/** What a sandboxed kernel is held by and may read, and the user's way to change it. Told by the process outside of the kernel, never by a cell. */
import type { ISessionContext } from '@jupyterlab/apputils';
import { KernelMessage, type Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

export const SANDBOX_KERNEL = 'nexus-sandbox';

export interface IWalled {
  level: string;
  missing: string[];
  granted: string[];
  notebook: string;
  folder: string;
  scratch: string;
  memory_mb: number;
  problem: string;
}

export interface IWalledReply extends IWalled {
  status: 'ok' | 'error';
  evalue?: string;
  saved?: string;
  files?: number;
}

const PATIENCE_MS = 30_000;
const RETRY_MS = 2_000;
const TRIES = 15;
const SETTLED = new Set<KernelMessage.Status>(['idle', 'busy']);

export class Walled implements IDisposable {
  constructor(sessionContext: ISessionContext) {
    this._sessionContext = sessionContext;
    sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    sessionContext.statusChanged.connect(this._onStatusChanged, this);
    void this._refresh();
  }

  /** What holds the kernel; null for any other kernel. */
  get state(): IWalled | null {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Grant and take back; the kernel is started anew. */
  async change(grant: string[], revoke: string[]): Promise<IWalledReply> {
    return this._ask({ op: 'change', grant, revoke });
  }

  /** Copy the files of the scratch folder to a new folder beside the notebook. */
  async save(): Promise<IWalledReply> {
    return this._ask({ op: 'save' });
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private get _kernel(): Kernel.IKernelConnection | null {
    const kernel = this._sessionContext.session?.kernel ?? null;
    return kernel?.name === SANDBOX_KERNEL ? kernel : null;
  }

  private _onKernelChanged(): void {
    this._stale = true;
    this._set(null);
    void this._refresh();
  }

  private _onStatusChanged(_: ISessionContext, status: KernelMessage.Status): void {
    if (!SETTLED.has(status)) {
      this._stale = true; // it is started anew, perhaps with other grants
    } else if (this._stale) {
      void this._refresh();
    }
  }

  /** Ask until there is an answer: a page that connects anew loses what was on its way. */
  private async _refresh(): Promise<void> {
    const turn = ++this._turn;
    for (let left = TRIES; left > 0 && turn === this._turn && !this._isDisposed && this._kernel; left--) {
      try {
        const reply = await this._ask({ op: 'status' }, RETRY_MS);
        if (turn === this._turn && (reply.level !== '' || reply.problem !== '')) {
          this._stale = false;
          return;
        }
      } catch {
        // asked again
      }
      await new Promise(resolve => window.setTimeout(resolve, RETRY_MS / 4));
    }
  }

  private async _ask(content: JSONObject, patience = PATIENCE_MS): Promise<IWalledReply> {
    const kernel = this._kernel;
    if (!kernel) {
      throw new Error('This kernel has no wall.');
    }
    const message = KernelMessage.createMessage({
      // A message of our own: the process that Jupyter started answers it, the kernel behind the wall never sees it.
      msgType: 'nexus_sandbox_request' as KernelMessage.ControlMessageType,
      channel: 'control',
      username: kernel.username,
      session: kernel.clientId,
      content
    } as unknown as KernelMessage.IOptions<KernelMessage.IInfoRequestMsg>);
    const future = kernel.sendControlMessage(message as unknown as KernelMessage.IControlMessage, true, true);
    try {
      const reply = await new Promise<IWalledReply>((resolve, reject) => {
        future.onReply = found => resolve(found.content as unknown as IWalledReply);
        future.done.catch(reject);
        window.setTimeout(() => reject(new Error('The sandbox did not answer.')), patience);
      });
      this._set(reply);
      return reply;
    } finally {
      future.dispose();
    }
  }

  private _set(state: IWalled | null): void {
    this._state = this._isDisposed ? null : state;
    this._changed.emit();
  }

  private readonly _sessionContext: ISessionContext;
  private readonly _changed = new Signal<this, void>(this);
  private _state: IWalled | null = null;
  private _stale = true;
  private _turn = 0;
  private _isDisposed = false;
}
