import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon, closeIcon, runIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { nexusIcon } from '../icons';
import type { AcceptPolicy } from '../payloads';
import { CommandIDs } from '../tokens';

interface IGroupBarProps {
  working: boolean;
  accept: AcceptPolicy;
  trans: TranslationBundle;
  hint: (command: string) => string;
  execute: (command: string) => void;
}

/** What can be done with an answer that is only proposed: one bar above its first cell. */
export function GroupBar({ working, accept, trans, hint, execute }: IGroupBarProps): React.JSX.Element {
  const button = (command: string, icon: LabIcon, label: string, title: string): React.JSX.Element => (
    <button
      type="button"
      className="jp-Nexus-barButton"
      data-command={command}
      title={`${title}${hint(command)}`}
      onClick={() => execute(command)}
    >
      <icon.react tag="span" className="jp-Nexus-barIcon" aria-hidden="true" />
      {label}
    </button>
  );
  const label = {
    insert: trans.__('Accept'),
    run: trans.__('Accept and Run'),
    ask: trans.__('Accept …')
  };
  const title = {
    insert: trans.__('Keep these cells'),
    run: trans.__('Keep these cells and run the code in your kernel'),
    ask: trans.__('Keep these cells; asks whether to run them')
  };
  return (
    <div
      className="jp-Nexus-barInner"
      role="toolbar"
      aria-label={trans.__('Answer proposed by Nexus')}
      onDoubleClick={event => event.stopPropagation()}
    >
      <span className="jp-Nexus-barTitle">
        <nexusIcon.react tag="span" className="jp-Nexus-barIcon" aria-hidden="true" />
        {working ? trans.__('Working on it …') : trans.__('Proposed by Nexus')}
      </span>
      <span className="jp-Nexus-barButtons">
        {!working && button(CommandIDs.acceptGroup, checkIcon, label[accept], title[accept])}
        {!working &&
          accept !== 'run' &&
          button(
            CommandIDs.runGroup,
            runIcon,
            trans.__('Run'),
            trans.__('Accept and run the code in your kernel')
          )}
        {button(CommandIDs.discardGroup, closeIcon, trans.__('Discard'), trans.__('Remove these cells'))}
      </span>
    </div>
  );
}
