/** The comm between one notebook and its kernel. It survives restarts, reloads of the page and kernels loaded before it. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage, Session } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { PROTOCOL, TARGET, type FromKernel, type ToKernel } from './payloads';

export class KernelConnection implements IDisposable {
  constructor(sessionContext: ISessionContext) {
    this._sessionContext = sessionContext;
    sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    sessionContext.statusChanged.connect(this._onStatusChanged, this);
    if (sessionContext.session?.kernel) {
      void this._attach(sessionContext.session.kernel);
    }
  }

  /** A message of the kernel. */
  get received(): ISignal<this, FromKernel> {
    return this._received;
  }

  /** The kernel went away, or came without Nexus. */
  get lost(): ISignal<this, 'none' | 'unloaded'> {
    return this._lost;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  send(message: ToKernel): boolean {
    const comm = this._comm;
    if (!comm || comm.isDisposed) {
      return false;
    }
    comm.send({ ...message });
    return true;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._kernel?.removeCommTarget(TARGET, this._onOpen);
      Signal.clearData(this);
    }
  }

  private _onKernelChanged(_: ISessionContext, change: Session.ISessionConnection.IKernelChangedArgs): void {
    this._kernel?.removeCommTarget(TARGET, this._onOpen);
    this._kernel = null;
    this._comm = null;
    if (change.oldValue || !change.newValue) {
      this._lost.emit(change.newValue ? 'unloaded' : 'none');
    }
    if (change.newValue) {
      void this._attach(change.newValue);
    }
  }

  private _onStatusChanged(_: ISessionContext, status: KernelMessage.Status): void {
    if (
      status === 'restarting' ||
      status === 'autorestarting' ||
      status === 'dead' ||
      status === 'terminating'
    ) {
      this._comm = null;
      this._lost.emit(status === 'dead' || status === 'terminating' ? 'none' : 'unloaded');
    }
  }

  private async _attach(kernel: Kernel.IKernelConnection): Promise<void> {
    if (!kernel.handleComms) {
      return;
    }
    this._kernel = kernel;
    kernel.registerCommTarget(TARGET, this._onOpen);
    const reply = await kernel.requestCommInfo({ target_name: TARGET }).catch(() => null);
    if (reply?.content.status !== 'ok' || this._kernel !== kernel || this._comm) {
      return;
    }
    // Another view of the page may know a comm already; the newest is the one that the kernel listens to.
    const id = Object.keys(reply.content.comms).pop();
    if (!id) {
      this._lost.emit('unloaded');
    } else if (!kernel.hasComm(id)) {
      await this._greet(kernel.createComm(TARGET, id));
    }
  }

  private readonly _onOpen = (comm: Kernel.IComm): void => {
    void this._greet(comm);
  };

  private async _greet(comm: Kernel.IComm): Promise<void> {
    this._comm = comm;
    comm.onMsg = message => {
      if (this._comm === comm) {
        this._received.emit(message.content.data as unknown as FromKernel);
      }
    };
    comm.onClose = () => {
      if (this._comm === comm) {
        this._comm = null;
        this._lost.emit('unloaded');
      }
    };
    // Without this the hello waits behind the running cell. It is on the class, not on the interface.
    await (comm as { subshellStarted?: Promise<void> } & Kernel.IComm).subshellStarted?.catch(
      () => undefined
    );
    if (this._comm === comm) {
      this.send({ op: 'hello', version: PROTOCOL });
    }
  }

  private readonly _sessionContext: ISessionContext;
  private readonly _received = new Signal<this, FromKernel>(this);
  private readonly _lost = new Signal<this, 'none' | 'unloaded'>(this);
  private _kernel: Kernel.IKernelConnection | null = null;
  private _comm: Kernel.IComm | null = null;
  private _isDisposed = false;

  get sessionContext(): ISessionContext {
    return this._sessionContext;
  }
}
