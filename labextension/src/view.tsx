import type { TranslationBundle } from '@jupyterlab/translation';
import { VDomRenderer } from '@jupyterlab/ui-components';
import * as React from 'react';
import { AskBox } from './components/AskBox';
import { Frames } from './components/Frames';
import { RunCard } from './components/RunCard';
import type { NexusModel } from './model';

/** The one bridge between the model and the components. */
export class NexusView extends VDomRenderer<NexusModel> {
  constructor(model: NexusModel, trans: TranslationBundle, load: () => void) {
    super(model);
    this.addClass('jp-Nexus-view');
    this._trans = trans;
    this._load = load;
  }

  /** Put the cursor into the ask box. */
  focusAsk(): void {
    void this.renderPromise?.then(() => this.node.querySelector<HTMLElement>('.jp-Nexus-askBox')?.focus());
  }

  protected override render(): React.JSX.Element {
    const { model, _trans: trans } = this;
    const ask = (question: string): void => void model.ask(question);
    const ready = model.connection === 'ready';
    return (
      <>
        <AskBox enabled={ready} history={model.history} trans={trans} ask={ask} />
        {model.connection === 'none' && (
          <p className="jp-Nexus-quiet">{trans.__('This notebook has no running kernel.')}</p>
        )}
        {model.connection === 'unloaded' && (
          <div className="jp-Nexus-notice">
            <p>{trans.__('Nexus is not loaded in this kernel.')}</p>
            <button type="button" className="jp-mod-styled" onClick={this._load}>
              {trans.__('Load it')}
            </button>
          </div>
        )}
        {model.run && (
          <RunCard
            run={model.run}
            canAsk={ready}
            trans={trans}
            ask={ask}
            insert={() => model.insert()}
            stop={() => model.stop()}
          />
        )}
        {ready && (
          <Frames
            frames={model.frames}
            problem={model.problem}
            trans={trans}
            refresh={() => model.refreshFrames()}
          />
        )}
      </>
    );
  }

  private readonly _trans: TranslationBundle;
  private readonly _load: () => void;
}
