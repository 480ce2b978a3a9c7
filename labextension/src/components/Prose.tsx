import * as React from 'react';

interface IProseProps {
  text: string;
  className: string;
}

/** An answer's prose: **bold** and `code` of Markdown as elements, everything else as text. No HTML is ever made of it. */
export function Prose({ text, className }: IProseProps): JSX.Element {
  const parts = text.split(/(\*\*[^*\n]+\*\*|`[^`\n]+`)/);
  return (
    <p className={className}>
      {parts.map((part, index) => {
        if (index % 2 === 0) {
          return part;
        }
        return part.startsWith('`') ? (
          <code key={index}>{part.slice(1, -1)}</code>
        ) : (
          <strong key={index}>{part.slice(2, -2)}</strong>
        );
      })}
    </p>
  );
}
