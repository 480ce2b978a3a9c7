import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IRun } from '../model';
import type { IAnswer, IStage } from '../payloads';
import { AnswerTable } from './AnswerTable';
import { Prose } from './Prose';

interface IRunCardProps {
  run: IRun;
  canAsk: boolean;
  trans: TranslationBundle;
  ask: (question: string) => void;
  insert: () => void;
  stop: () => void;
}

/** One question: its stages as they happen, then the answer. */
export function RunCard({ run, canAsk, trans, ask, insert, stop }: IRunCardProps): React.JSX.Element {
  return (
    <section className="jp-Nexus-card" aria-label={trans.__('Answer')}>
      <p className="jp-Nexus-question">{run.question}</p>
      <Stages stages={run.stages} open={run.answer === null} trans={trans} />
      {run.answer === null && run.mine && (
        <button type="button" className="jp-Nexus-stop jp-mod-styled" disabled={run.stopping} onClick={stop}>
          {run.stopping ? trans.__('Stopping …') : trans.__('Stop')}
        </button>
      )}
      <div aria-live="polite">
        {run.answer && (
          <AnswerView answer={run.answer} canAsk={canAsk} trans={trans} ask={ask} insert={insert} />
        )}
      </div>
    </section>
  );
}

interface IStagesProps {
  stages: readonly IStage[];
  open: boolean;
  trans: TranslationBundle;
}

function Stages({ stages, open, trans }: IStagesProps): React.JSX.Element | null {
  if (stages.length === 0) {
    return open ? <p className="jp-Nexus-quiet">{trans.__('Asking …')}</p> : null;
  }
  const total = stages.reduce((sum, stage) => sum + (stage.ms ?? 0), 0);
  return (
    <details className="jp-Nexus-stages" open={open || undefined}>
      <summary>
        {trans.__('Stages')}
        <span className="jp-Nexus-ms">{milliseconds(total)}</span>
      </summary>
      <ol>
        {stages.map(stage => (
          <li key={stage.stage} data-state={stage.state} title={stage.detail}>
            <span className="jp-Nexus-stageName">{stage.stage}</span>
            <span className="jp-Nexus-ms">
              {stage.state === 'running' ? '…' : stage.ms === null ? '' : milliseconds(stage.ms)}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

interface IAnswerProps {
  answer: IAnswer;
  canAsk: boolean;
  trans: TranslationBundle;
  ask: (question: string) => void;
  insert: () => void;
}

function AnswerView({ answer, canAsk, trans, ask, insert }: IAnswerProps): React.JSX.Element {
  return (
    <div className="jp-Nexus-answer" data-status={answer.status}>
      <Prose className="jp-Nexus-text" text={answer.text} />
      {answer.readings.length > 0 && (
        <div className="jp-Nexus-readings" role="group" aria-label={trans.__('Which one is meant?')}>
          {answer.readings.map(reading => (
            <button
              type="button"
              key={reading.label}
              className="jp-Nexus-reading"
              disabled={!canAsk}
              onClick={() => ask(reading.question)}
            >
              {reading.label}
            </button>
          ))}
        </div>
      )}
      {answer.table && <AnswerTable table={answer.table} trans={trans} />}
      {answer.assumptions.length > 0 && (
        <ul className="jp-Nexus-assumptions" aria-label={trans.__('Assumptions')}>
          {answer.assumptions.map(assumption => (
            <li key={assumption}>{assumption}</li>
          ))}
        </ul>
      )}
      {answer.code !== '' && (
        <details className="jp-Nexus-code">
          <summary>{trans.__('Code')}</summary>
          <pre>{answer.code}</pre>
        </details>
      )}
      {answer.insertable && (
        <button type="button" className="jp-Nexus-insert jp-mod-styled jp-mod-accept" onClick={insert}>
          {trans.__('Insert into the notebook')}
        </button>
      )}
    </div>
  );
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
