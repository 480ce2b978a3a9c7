/** The bar above each proposed group of one notebook view, and the mark on its cells. */
import type { Cell, ICellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { PanelLayout } from '@lumino/widgets';
import * as React from 'react';
import { GroupBar } from './components/GroupBar';
import { groupsOf, type IGroup } from './groups';
import { marksOf } from './inserter';
import type { AcceptPolicy } from './payloads';

class BarWidget extends ReactWidget {
  constructor(
    readonly group: string,
    readonly working: boolean,
    readonly accept: AcceptPolicy,
    private readonly _commands: CommandRegistry,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-Nexus-bar');
  }

  protected override render(): React.JSX.Element {
    return (
      <GroupBar
        working={this.working}
        accept={this.accept}
        trans={this._trans}
        hint={command => this._hint(command)}
        execute={command => void this._commands.execute(command, { group: this.group })}
      />
    );
  }

  private _hint(command: string): string {
    const binding = this._commands.keyBindings.find(known => known.command === command);
    return binding ? ` (${binding.keys.join(' ')})` : '';
  }
}

export class GroupBadges implements IDisposable {
  constructor(panel: NotebookPanel, commands: CommandRegistry, trans: TranslationBundle) {
    this._panel = panel;
    this._commands = commands;
    this._trans = trans;
    panel.content.modelContentChanged.connect(this._schedule, this);
    panel.content.modelChanged.connect(this._schedule, this);
    panel.disposed.connect(this.dispose, this);
    this._schedule();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      window.clearTimeout(this._timer);
      this._bars.clear();
      Signal.clearData(this);
    }
  }

  private _schedule(): void {
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => this._refresh(), 0);
  }

  private _refresh(): void {
    const { model, widgets } = this._panel.content;
    if (this._isDisposed || !model) {
      return;
    }
    const marks = marksOf(model);
    const groups = groupsOf(marks);
    const wanted = new Set<ICellModel>();
    widgets.forEach((cell, index) => {
      const group = marks[index] ? groups.get(marks[index].group) : undefined;
      const open = group !== undefined && group.state !== 'accepted';
      cell.toggleClass('jp-Nexus-proposed', open);
      if (open && group.cells[0] === index) {
        wanted.add(cell.model);
        void this._showBar(cell, group);
      }
    });
    for (const [cell, bar] of this._bars) {
      if (!wanted.has(cell)) {
        bar.dispose();
        this._bars.delete(cell);
      }
    }
  }

  private async _showBar(cell: Cell, { id, state, accept }: IGroup): Promise<void> {
    const working = state === 'working';
    const known = this._bars.get(cell.model);
    if (
      known &&
      !known.isDisposed &&
      known.group === id &&
      known.working === working &&
      known.accept === accept
    ) {
      return;
    }
    known?.dispose();
    const bar = new BarWidget(id, working, accept, this._commands, this._trans);
    this._bars.set(cell.model, bar);
    await cell.ready;
    if (!bar.isDisposed && !cell.isDisposed) {
      (cell.layout as PanelLayout).insertWidget(0, bar);
    }
  }

  private readonly _panel: NotebookPanel;
  private readonly _commands: CommandRegistry;
  private readonly _trans: TranslationBundle;
  private readonly _bars = new Map<ICellModel, BarWidget>();
  private _timer = 0;
  private _isDisposed = false;
}
