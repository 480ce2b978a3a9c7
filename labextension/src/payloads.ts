/** The messages on the comm. Written from nexus_jupyter/payloads.py by write_payloads.py; change them there. */
import type { ICell } from '@jupyterlab/nbformat';
import type { JSONObject } from '@lumino/coreutils';

export const TARGET = 'nexus_jupyter';
export const PROTOCOL = 1;

/** Working cells never enter the undo history and go away with the kernel; proposed ones wait for Accept or Discard. */
export type GroupState = 'working' | 'proposed' | 'accepted';

/** What the Accept of a group does: keep its cells, run them too, or ask which. */
export type AcceptPolicy = 'insert' | 'run' | 'ask';

/** `metadata.nexus` of a cell, as far as the page reads it. */
export interface ICellMark {
  group: string;
  role: 'answer' | 'code';
  state: GroupState;
  accept: AcceptPolicy;
  version: number;
}

/** What the status bar says. */
export interface IStatus {
  state: string;
  sandbox?: string;
  engine?: string;
}

/** A stage of a run: route, plan, code, review, run, checks. */
export interface IStage {
  stage: string;
  state: 'running' | 'done' | 'failed';
  ms: number | null;
  detail: string;
}

/** One way to understand an ambiguous question, and the question that says only that. */
export interface IReading {
  label: string;
  question: string;
}

/** The first rows of an answer's table. */
export interface ITable {
  columns: string[];
  rows: unknown[][];
}

/** An answer as the sidebar shows it; its cells stay in the kernel until Insert. */
export interface IAnswer {
  status: string;
  text: string;
  readings: IReading[];
  assumptions: string[];
  code: string;
  table: ITable | null;
  insertable: boolean;
}

/** A column of a frame. */
export interface IColumn {
  name: string;
  kind: string;
  role: string;
  missing: number;
  distinct: number | null;
}

/** A frame of the kernel. */
export interface IFrame {
  name: string;
  flavor: string;
  rows: number | null;
  columns: IColumn[];
}

/** The kernel heard the page. */
export interface IWelcome {
  op: 'welcome';
  version: number;
  status: IStatus;
}

/** The status anew. */
export interface IStatusChanged {
  op: 'status';
  status: IStatus;
}

/** Insert the cells below the cell `anchor`, or, where it is null, below the page's active cell. */
export interface IInsert {
  op: 'insert';
  request: string;
  group: string;
  anchor: string | null;
  cells: ICell[];
  error?: string;
}

/** Put these in place of the group's cells. */
export interface IUpdate {
  op: 'update';
  group: string;
  cells: ICell[];
}

/** Take the group's cells out. */
export interface IRemove {
  op: 'remove';
  group: string;
}

/** A stage of a run began, ended or failed. */
export interface IStageReached {
  stage: string;
  state: 'running' | 'done' | 'failed';
  ms: number | null;
  detail: string;
  op: 'stage';
  request: string;
  question?: string;
}

/** The answer to a question of the sidebar; the page reads it as an `Answer`, field by field. */
export interface IAnswered {
  op: 'answer';
  request: string;
  answer: JSONObject;
}

/** The frames of the kernel. */
export interface IFrames {
  op: 'frames';
  request: string;
  frames: IFrame[];
  error?: string;
}

/** A page is there and listens. */
export interface IHello {
  op: 'hello';
  version: number;
}

/** Answer a question of the sidebar. */
export interface IAsk {
  op: 'ask';
  request: string;
  question: string;
  options: JSONObject;
}

/** Stop that question, never the user's running cell. */
export interface IStop {
  op: 'stop';
  request: string;
}

/** Say which frames are there. */
export interface IListFrames {
  op: 'frames';
  request: string;
}

/** Say the status anew. */
export interface IAskStatus {
  op: 'status';
}

/** Put the cells of an earlier answer into the notebook. */
export interface IInsertAnswer {
  op: 'insert';
  request: string;
  answer: string;
}

/** The cells are in the notebook. */
export interface IInserted {
  op: 'inserted';
  request: string;
  group: string;
  ids: string[];
}

/** The group's cells are gone. */
export interface IRemoved {
  op: 'removed';
  group: string;
}

/** The user accepted the group. */
export interface IAccepted {
  op: 'accepted';
  group: string;
}

/** What the kernel sends. */
export type FromKernel =
  IWelcome | IStatusChanged | IInsert | IUpdate | IRemove | IStageReached | IAnswered | IFrames;

/** What the page sends. */
export type ToKernel =
  IHello | IAsk | IStop | IListFrames | IAskStatus | IInsertAnswer | IInserted | IRemoved | IAccepted;
