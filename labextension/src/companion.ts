/** What stands beside one open notebook: its comm, its model, and what it does with the kernel's messages. */
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';
import { UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { KernelConnection } from './connection';
import {
  acceptGroup,
  indexOfCell,
  insertGroup,
  removeGroup,
  removeUnfinished,
  updateGroup
} from './inserter';
import { NexusModel } from './model';
import type { FromKernel } from './payloads';
import { Walled } from './walled';

type Context = DocumentRegistry.IContext<INotebookModel>;

const PATIENCE = 30;

export class Companion implements IDisposable {
  /**
   * @param context the notebook; two views of one notebook share it
   * @param activeCell where the view's cursor is, for answers that were asked from the sidebar
   */
  constructor(context: Context, activeCell: () => number) {
    this.context = context;
    this._activeCell = activeCell;
    this._connection = new KernelConnection(context.sessionContext);
    this.walled = new Walled(context.sessionContext);
    this.model = new NexusModel(
      message => this._connection.send(message),
      () => UUID.uuid4()
    );
    this._connection.received.connect((_, message) => this._receive(message));
    this._connection.lost.connect((_, connection) => {
      this.model.disconnect(connection);
      removeUnfinished(context.model);
    });
    context.disposed.connect(this.dispose, this);
  }

  readonly context: Context;
  readonly model: NexusModel;
  readonly walled: Walled;

  get isDisposed(): boolean {
    return this._connection.isDisposed;
  }

  accept(group: string): boolean {
    const done = acceptGroup(this.context.model, group);
    if (done) {
      this._connection.send({ op: 'accepted', group });
    }
    return done;
  }

  discard(group: string): boolean {
    const done = removeGroup(this.context.model, group);
    if (done) {
      this._connection.send({ op: 'removed', group });
    }
    return done;
  }

  dispose(): void {
    window.clearTimeout(this._timer);
    this.model.dispose();
    this.walled.dispose();
    this._connection.dispose();
  }

  private _receive(message: FromKernel): void {
    const notebook = this.context.model;
    switch (message.op) {
      case 'insert': {
        const below = this._below(message.request, message.anchor);
        if (below !== null && message.cells.length > 0) {
          const ids = insertGroup(notebook, below, message.group, message.cells);
          this._connection.send({ op: 'inserted', request: message.request, group: message.group, ids });
        }
        break;
      }
      case 'update':
        updateGroup(notebook, message.group, message.cells);
        return;
      case 'remove':
        removeGroup(notebook, message.group);
        return;
    }
    this.model.receive(message);
    if (message.op === 'welcome') {
      this._settle(PATIENCE);
    }
  }

  /** Ask for the status again until the sandbox is up: the kernel starts it in the background. */
  private _settle(tries: number): void {
    window.clearTimeout(this._timer);
    if (tries > 0 && !this.model.settled) {
      this._timer = window.setTimeout(() => {
        this.model.refreshStatus();
        this._settle(tries - 1);
      }, 1000);
    }
  }

  /** Below which cell to insert; null where the request is another page's or the cell is another notebook's. */
  private _below(request: string, anchor: string | null): number | null {
    const notebook = this.context.model;
    if (anchor !== null) {
      const index = indexOfCell(notebook, anchor);
      return index < 0 ? null : index;
    }
    if (request !== '' && !this.model.isMine(request)) {
      return null;
    }
    const active = this._activeCell();
    return active >= 0 ? active : notebook.cells.length - 1;
  }

  private readonly _connection: KernelConnection;
  private readonly _activeCell: () => number;
  private _timer = 0;
}
