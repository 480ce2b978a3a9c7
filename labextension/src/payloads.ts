/** The messages on the comm, as `nexus_jupyter/comm.py` describes them. */
import type { ICell } from '@jupyterlab/nbformat';
import type { JSONObject } from '@lumino/coreutils';

export const TARGET = 'nexus_jupyter';
export const PROTOCOL = 1;

export type GroupState = 'working' | 'proposed' | 'accepted';

export interface ICellMark {
  group: string;
  role: 'answer' | 'code';
  state: GroupState;
  version: number;
}

export interface IStatus {
  state: string;
  sandbox?: string;
  engine?: string;
}

export interface IStage {
  stage: string;
  state: 'running' | 'done' | 'failed';
  ms: number | null;
  detail: string;
}

export interface IReading {
  label: string;
  question: string;
}

export interface ITable {
  columns: string[];
  rows: unknown[][];
}

export interface IAnswer {
  status: string;
  text: string;
  readings: IReading[];
  assumptions: string[];
  code: string;
  table: ITable | null;
  insertable: boolean;
}

export interface IColumn {
  name: string;
  kind: string;
  role: string;
  missing: number;
  distinct: number | null;
}

export interface IFrame {
  name: string;
  flavor: string;
  rows: number | null;
  columns: IColumn[];
}

export type FromKernel =
  | { op: 'welcome'; version: number; status: IStatus }
  | { op: 'status'; status: IStatus }
  | { op: 'insert'; request: string; group: string; anchor: string | null; cells: ICell[]; error?: string }
  | { op: 'update'; group: string; cells: ICell[] }
  | { op: 'remove'; group: string }
  | ({ op: 'stage'; request: string; question?: string } & IStage)
  | { op: 'answer'; request: string; answer: JSONObject }
  | { op: 'frames'; request: string; frames: IFrame[]; error?: string };

export type ToKernel =
  | { op: 'hello'; version: number }
  | { op: 'ask'; request: string; question: string; options: JSONObject }
  | { op: 'stop'; request: string }
  | { op: 'frames'; request: string }
  | { op: 'status' }
  | { op: 'insert'; request: string; answer: string }
  | { op: 'inserted'; request: string; group: string; ids: string[] }
  | { op: 'removed'; group: string }
  | { op: 'accepted'; group: string };

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
