import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { PanelWithToolbar } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { nexusIcon } from './icons';
import type { NexusModel } from './model';
import { SIDEBAR_ID } from './tokens';
import { NexusView } from './view';

/** The sidebar. Its model is the active notebook's, and null where there is none. */
export class NexusPanel extends PanelWithToolbar {
  constructor(translator: ITranslator, load: () => void) {
    super();
    this._trans = translator.load('nexus_jupyter');
    this._load = load;
    this.id = SIDEBAR_ID;
    this.addClass('jp-Nexus-panel');
    this.title.icon = nexusIcon;
    this.title.caption = this._trans.__('Nexus: ask your data');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Nexus');
    this._empty = new Widget();
    this._empty.addClass('jp-Nexus-empty');
    this._empty.node.textContent = this._trans.__('Open a notebook to ask questions about its data.');
    this.addWidget(this._empty);
  }

  get model(): NexusModel | null {
    return this._model;
  }

  set model(model: NexusModel | null) {
    if (model === this._model) {
      return;
    }
    this._model = model;
    this._view?.dispose();
    this._view = null;
    this._empty.setHidden(model !== null);
    if (model) {
      this._view = new NexusView(model, this._trans, this._load);
      this.addWidget(this._view);
      if (this.isVisible) {
        model.refreshFrames();
      }
    }
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._model?.refreshFrames();
  }

  focusAsk(): void {
    this._view?.focusAsk();
  }

  private readonly _trans: TranslationBundle;
  private readonly _load: () => void;
  private readonly _empty: Widget;
  private _view: NexusView | null = null;
  private _model: NexusModel | null = null;
}
