/** The item in the status bar that says that a kernel is sandboxed, and the window where the user grants. */
import { Dialog, Notification, ReactWidget, showDialog, showErrorMessage } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import type { IWalled, Walled } from './walled';

export class WalledItem extends ReactWidget {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _open: () => void
  ) {
    super();
    this.addClass('jp-Nexus-walled');
  }

  set walled(walled: Walled | null) {
    this._walled?.changed.disconnect(this._update, this);
    this._walled = walled;
    walled?.changed.connect(this._update, this);
    this._update();
  }

  protected override render(): React.JSX.Element | null {
    const state = this._walled?.state;
    if (!state) {
      return null;
    }
    return (
      <button
        type="button"
        className="jp-Nexus-statusButton"
        title={this._trans.__('What this notebook may read; click to grant more')}
        onClick={this._open}
      >
        {textOf(state, this._trans)}
      </button>
    );
  }

  private _update(): void {
    this.setHidden(!this._walled?.state);
    this.update();
  }

  private _walled: Walled | null = null;
}

function textOf(state: IWalled, trans: TranslationBundle): string {
  if (state.problem) {
    return trans.__('Sandbox: none here');
  }
  if (!state.level) {
    return trans.__('Sandbox: starts');
  }
  const granted =
    state.granted.length === 0
      ? trans.__('reads its folder')
      : trans.__('reads its folder and %1 granted', state.granted.length);
  return trans.__('Sandboxed (%1): %2', state.level, granted);
}

interface IWish {
  grant: string[];
  revoke: string[];
}

/** Lists what is granted, each to be taken back, and takes one more path. */
class Grants extends Widget implements Dialog.IBodyWidget<IWish> {
  constructor(state: IWalled, trans: TranslationBundle) {
    super();
    this.addClass('jp-Nexus-grants');
    const line = (text: string): void => {
      const paragraph = document.createElement('p');
      paragraph.textContent = text;
      this.node.append(paragraph);
    };
    if (state.problem) {
      line(state.problem);
    } else {
      const missing = state.missing.length > 0 ? trans.__(' (without %1)', state.missing.join('; ')) : '';
      line(trans.__('Level %1%2. No network, no other programs.', state.level, missing));
    }
    line(trans.__('Reads Python and %1.', state.folder));
    line(trans.__('Writes its scratch folder only: %1', state.scratch));
    for (const path of state.granted) {
      const label = document.createElement('label');
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = true;
      this._boxes.set(path, box);
      label.append(box, document.createTextNode(` ${path}`));
      this.node.append(label);
    }
    const label = document.createElement('label');
    label.textContent = trans.__('Let it also read this file or folder:');
    this._path.type = 'text';
    this._path.className = 'jp-mod-styled';
    this._path.placeholder = trans.__('/home/you/data');
    label.append(this._path);
    this.node.append(label);
    line(trans.__('A change starts the kernel anew: its variables are lost, its scratch files are not.'));
  }

  getValue(): IWish {
    const path = this._path.value.trim();
    const revoke = [...this._boxes].filter(([, box]) => !box.checked).map(([granted]) => granted);
    return { grant: path === '' ? [] : [path], revoke };
  }

  private readonly _boxes = new Map<string, HTMLInputElement>();
  private readonly _path = document.createElement('input');
}

/** Show what the kernel may do, and do what the user wishes. */
export async function showGrants(walled: Walled, trans: TranslationBundle): Promise<void> {
  if (!walled.state) {
    return;
  }
  const body = new Grants(walled.state, trans);
  const result = await showDialog<IWish>({
    title: trans.__('Sandbox of this notebook'),
    body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Close') }),
      Dialog.createButton({ label: trans.__('Save Scratch Files'), actions: ['save'] }),
      Dialog.okButton({ label: trans.__('Change') })
    ]
  });
  const wish = result.value;
  try {
    if (result.button.actions.includes('save')) {
      const reply = await walled.save();
      if (reply.status === 'error') {
        await showErrorMessage(trans.__('Nothing was saved'), reply.evalue ?? '');
      } else {
        Notification.success(trans.__('%1 files saved in %2', reply.files ?? 0, reply.saved ?? ''));
      }
    } else if (result.button.accept && wish && wish.grant.length + wish.revoke.length > 0) {
      const reply = await walled.change(wish.grant, wish.revoke);
      if (reply.status === 'error') {
        await showErrorMessage(trans.__('Nothing was granted'), reply.evalue ?? '');
      }
    }
  } catch (error) {
    await showErrorMessage(trans.__('The sandbox did not answer'), String(error));
  }
}
