import type { TranslationBundle } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { IColumn, IFrame } from '../payloads';

interface IFramesProps {
  frames: readonly IFrame[];
  problem: string;
  trans: TranslationBundle;
  refresh: () => void;
}

/** The frames of the active kernel, each with its columns and their types. */
export function Frames({ frames, problem, trans, refresh }: IFramesProps): React.JSX.Element {
  return (
    <section className="jp-Nexus-frames" aria-label={trans.__('Data')}>
      <h3 className="jp-Nexus-heading">
        {trans.__('Data')}
        <button
          type="button"
          className="jp-Nexus-iconButton"
          title={trans.__('Look again')}
          onClick={refresh}
        >
          <refreshIcon.react tag="span" aria-hidden="true" />
        </button>
      </h3>
      {problem !== '' && (
        <p className="jp-Nexus-problem" role="alert">
          {problem}
        </p>
      )}
      {frames.length === 0 && problem === '' && (
        <p className="jp-Nexus-quiet">
          {trans.__('No data frames in this kernel yet. Read a file, or name one in the question.')}
        </p>
      )}
      {frames.map(frame => (
        <FrameCard key={frame.name} frame={frame} open={frames.length === 1} trans={trans} />
      ))}
    </section>
  );
}

function FrameCard({
  frame,
  open,
  trans
}: {
  frame: IFrame;
  open: boolean;
  trans: TranslationBundle;
}): React.JSX.Element {
  const rows = frame.rows === null ? trans.__('rows not counted') : trans._n('%1 row', '%1 rows', frame.rows);
  return (
    <details className="jp-Nexus-frame" open={open}>
      <summary title={`${frame.name} · ${frame.flavor} · ${rows}`}>
        <span className="jp-Nexus-frameName">{frame.name}</span>
        <span className="jp-Nexus-quiet">
          {frame.rows === null ? frame.flavor : `${frame.rows.toLocaleString()} × ${frame.columns.length}`}
        </span>
      </summary>
      <ul>
        {frame.columns.map(column => (
          <li key={column.name} title={tooltip(column, trans)}>
            <span className="jp-Nexus-columnName">{column.name}</span>
            {column.missing > 0 && (
              <span className="jp-Nexus-missing">
                {trans.__('%1 missing', column.missing.toLocaleString())}
              </span>
            )}
            <span className="jp-Nexus-kind">{column.role || column.kind}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function tooltip(column: IColumn, trans: TranslationBundle): string {
  const facts = [column.name, column.kind];
  if (column.role !== '' && column.role !== column.kind) {
    facts.push(column.role);
  }
  if (column.distinct !== null) {
    facts.push(trans.__('%1 distinct', column.distinct.toLocaleString()));
  }
  if (column.missing > 0) {
    facts.push(trans.__('%1 missing', column.missing.toLocaleString()));
  }
  return facts.join(' · ');
}
