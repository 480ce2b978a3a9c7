import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

interface IAskBoxProps {
  enabled: boolean;
  history: readonly string[];
  trans: TranslationBundle;
  ask: (question: string) => void;
}

/** Where a question is written. Enter asks, Shift+Enter breaks the line, the arrows go through what was asked before. */
export function AskBox({ enabled, history, trans, ask }: IAskBoxProps): React.JSX.Element {
  const [text, setText] = React.useState('');
  const [draft, setDraft] = React.useState('');
  const [back, setBack] = React.useState(0);

  const recall = (steps: number): void => {
    if (back === 0) {
      setDraft(text);
    }
    setBack(steps);
    setText(steps === 0 ? draft : history[history.length - steps]);
  };
  const submit = (): void => {
    if (text.trim() !== '' && enabled) {
      ask(text);
      setText('');
      setDraft('');
      setBack(0);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    const box = event.currentTarget;
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    } else if (
      event.key === 'ArrowUp' &&
      !box.value.slice(0, box.selectionStart).includes('\n') &&
      back < history.length
    ) {
      event.preventDefault();
      recall(back + 1);
    } else if (event.key === 'ArrowDown' && !box.value.slice(box.selectionEnd).includes('\n') && back > 0) {
      event.preventDefault();
      recall(back - 1);
    }
  };
  return (
    <div className="jp-Nexus-ask">
      <textarea
        className="jp-Nexus-askBox"
        rows={3}
        value={text}
        aria-label={trans.__('Question')}
        placeholder={trans.__('Ask about your data: average price by region, highest first')}
        title={trans.__('Enter asks, Shift+Enter starts a new line, ↑ brings back earlier questions')}
        onChange={event => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        className="jp-Nexus-askButton jp-mod-styled jp-mod-accept"
        disabled={!enabled || text.trim() === ''}
        onClick={submit}
      >
        {trans.__('Ask')}
      </button>
    </div>
  );
}
