import * as React from 'react';

interface IProseProps {
  text: string;
  className: string;
}

/** An answer's prose: emphasis and code of Markdown as elements, everything else as text. No HTML is ever made of it. */
export function Prose({ text, className }: IProseProps): React.JSX.Element {
  const parts = text.split(/(\*\*[^*\n]+\*\*|\*[^*\n]+\*|`[^`\n]+`)/);
  return (
    <div className={className}>
      {parts.map((part, index) => (index % 2 ? marked(part, index) : plain(part)))}
    </div>
  );
}

function marked(part: string, key: number): React.JSX.Element {
  if (part.startsWith('`')) {
    return <code key={key}>{part.slice(1, -1)}</code>;
  }
  return part.startsWith('**') ? (
    <strong key={key}>{plain(part.slice(2, -2))}</strong>
  ) : (
    <em key={key}>{plain(part.slice(1, -1))}</em>
  );
}

/** What Markdown had to escape is shown as it was meant. */
function plain(text: string): string {
  return text
    .replace(/\\([[\]*_`#|\\])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/^- /gm, '• ');
}
