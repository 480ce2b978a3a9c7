import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { nexusIcon } from './icons';
import type { NexusModel } from './model';

/** The item in the status bar: whether Nexus is there, and how strong its sandbox is. */
export class StatusItem extends ReactWidget {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _open: () => void
  ) {
    super();
    this.addClass('jp-Nexus-status');
  }

  set model(model: NexusModel | null) {
    this._model?.stateChanged.disconnect(this._changed, this);
    this._model = model;
    model?.stateChanged.connect(this._changed, this);
    this.update();
  }

  /** What the item says, as text. */
  get text(): string {
    const trans = this._trans;
    if (!this._model || this._model.connection === 'none') {
      return trans.__('Nexus: no kernel');
    }
    if (this._model.connection === 'unloaded') {
      return trans.__('Nexus: not loaded');
    }
    const state = this._model.busy
      ? trans.__('working')
      : (this._model.status?.state ?? '') || trans.__('ready');
    const sandbox = this._model.status?.sandbox;
    if (!this._model.settled) {
      return trans.__('Nexus: %1 · sandbox starts', state);
    }
    return sandbox ? trans.__('Nexus: %1 · sandbox %2', state, sandbox) : trans.__('Nexus: %1', state);
  }

  protected override render(): React.JSX.Element {
    return (
      <button
        type="button"
        className="jp-Nexus-statusButton"
        title={this._trans.__('Open the Nexus sidebar')}
        onClick={this._open}
      >
        <nexusIcon.react tag="span" className="jp-Nexus-barIcon" aria-hidden="true" />
        {this.text}
      </button>
    );
  }

  private _changed(): void {
    this.update();
  }

  private _model: NexusModel | null = null;
}
