/** An answer as it comes off the wire. No DOM. */
import type { JSONObject } from '@lumino/coreutils';
import type { IAnswer, IReading } from './payloads';

/** Read an answer off the wire; what is missing or of another kind becomes empty, so that the view need not ask. */
export function readAnswer(data: JSONObject): IAnswer {
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.map(item => textOf(item)).filter(text => text !== '') : [];
  const table = data['table'] as { columns?: unknown; rows?: unknown } | null | undefined;
  return {
    status: textOf(data['status']) || 'failed',
    text: textOf(data['text']),
    readings: Array.isArray(data['readings']) ? data['readings'].map(readReading) : [],
    assumptions: texts(data['assumptions']),
    code: textOf(data['code']),
    table:
      table && Array.isArray(table.columns) && Array.isArray(table.rows)
        ? { columns: texts(table.columns), rows: table.rows as unknown[][] }
        : null,
    insertable: data['insertable'] === true
  };
}

function readReading(value: unknown): IReading {
  const label = textOf(value);
  const question =
    typeof value === 'object' && value !== null ? (value as JSONObject)['question'] : undefined;
  return { label, question: typeof question === 'string' && question !== '' ? question : label };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'object' && value !== null) {
    const fields = value as JSONObject;
    for (const key of ['label', 'text', 'question', 'title']) {
      if (typeof fields[key] === 'string') {
        return fields[key];
      }
    }
  }
  return '';
}
