/** What the sidebar shows for one notebook. No DOM: it can be tested as it is. */
import { Signal, type ISignal } from '@lumino/signaling';
import {
  type FromKernel,
  type IAnswer,
  type IFrame,
  type IStage,
  type IStatus,
  type ToKernel
} from './payloads';
import { readAnswer } from './answers';

/** A question that was asked, and how far it is. */
export interface IRun {
  request: string;
  question: string;
  stages: IStage[];
  answer: IAnswer | null;
  stopping: boolean;
  mine: boolean;
}

/** `none`: no kernel; `unloaded`: a kernel without Nexus; `ready`: the kernel said welcome. */
export type Connection = 'none' | 'unloaded' | 'ready';

const RUNS_KEPT = 20;
const HISTORY_KEPT = 200;

export class NexusModel {
  constructor(send: (message: ToKernel) => boolean, newId: () => string) {
    this._send = send;
    this._newId = newId;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get connection(): Connection {
    return this._connection;
  }

  get status(): IStatus | null {
    return this._status;
  }

  get frames(): readonly IFrame[] {
    return this._frames;
  }

  get problem(): string {
    return this._problem;
  }

  /** The newest run, the one that the sidebar shows. */
  get run(): IRun | null {
    return this._runs.length > 0 ? this._runs[this._runs.length - 1] : null;
  }

  get busy(): boolean {
    return this._runs.some(run => run.mine && run.answer === null);
  }

  get history(): readonly string[] {
    return this._history;
  }

  /** Whether this page asked this; other pages of the same kernel must not act on the reply. */
  isMine(request: string): boolean {
    return this._runs.some(run => run.mine && run.request === request);
  }

  ask(question: string): string | null {
    const text = question.trim();
    if (text === '' || this._connection !== 'ready') {
      return null;
    }
    const request = this._newId();
    this._begin(request, text, true);
    if (this._history[this._history.length - 1] !== text) {
      this._history.push(text);
      this._history.splice(0, this._history.length - HISTORY_KEPT);
    }
    this._send({ op: 'ask', request, question: text, options: {} });
    this._emit();
    return request;
  }

  stop(): void {
    const run = this.run;
    if (run?.answer === null && !run.stopping) {
      run.stopping = true;
      this._send({ op: 'stop', request: run.request });
      this._emit();
    }
  }

  insert(): void {
    const run = this.run;
    if (run?.answer?.insertable) {
      this._send({ op: 'insert', request: run.request, answer: run.request });
    }
  }

  refreshFrames(): void {
    if (this._connection === 'ready') {
      this._send({ op: 'frames', request: this._newId() });
    }
  }

  refreshStatus(): void {
    if (this._connection === 'ready') {
      this._send({ op: 'status' });
    }
  }

  /** Whether the sandbox is up: its level is one letter, anything else is on the way there. */
  get settled(): boolean {
    return this._connection !== 'ready' || /^[A-Z]$/.test(this._status?.sandbox ?? 'A');
  }

  /** A question that a cell asked is over: its answer is in the notebook, or in the cell's output. */
  endOthers(text: string): void {
    const open = this._runs.filter(run => !run.mine && run.answer === null);
    for (const run of open) {
      run.answer = readAnswer({ status: 'answered', text });
    }
    if (open.length > 0) {
      this._emit();
    }
  }

  /** Take a message of the kernel in. */
  receive(message: FromKernel): void {
    switch (message.op) {
      case 'welcome':
        this._connection = 'ready';
        this._status = message.status;
        this.refreshFrames();
        break;
      case 'status':
        this._status = message.status;
        break;
      case 'stage':
        this._takeStage(message);
        break;
      case 'answer': {
        const run = this._find(message.request);
        if (run) {
          run.answer = readAnswer(message.answer);
          this.refreshStatus();
          run.stages = run.stages.map(stage =>
            stage.state === 'running' ? { ...stage, state: 'done' } : stage
          );
        }
        break;
      }
      case 'frames':
        this._frames = message.frames;
        this._problem = message.error ?? '';
        break;
      case 'insert':
        this._problem = message.error ?? '';
        break;
      default:
        return;
    }
    this._emit();
  }

  /** The kernel went away or came without Nexus: a run that was under way will never be answered. */
  disconnect(connection: 'none' | 'unloaded'): void {
    this._connection = connection;
    this._status = null;
    this._frames = [];
    for (const run of this._runs) {
      if (run.answer === null) {
        run.answer = readAnswer({
          status: 'failed',
          text: 'The kernel went away before the answer was there. Ask again.'
        });
      } else {
        run.answer = { ...run.answer, insertable: false };
      }
    }
    this._emit();
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _begin(request: string, question: string, mine: boolean): IRun {
    const run: IRun = { request, question, stages: [], answer: null, stopping: false, mine };
    this._runs.push(run);
    this._runs.splice(0, this._runs.length - RUNS_KEPT);
    return run;
  }

  private _find(request: string): IRun | undefined {
    return this._runs.find(run => run.request === request);
  }

  private _takeStage(message: IStage & { request: string; question?: string }): void {
    const run = this._find(message.request) ?? this._begin(message.request, message.question ?? '', false);
    if (run.question === '' && message.question) {
      run.question = message.question;
    }
    const stage: IStage = {
      stage: message.stage,
      state: message.state,
      ms: message.ms,
      detail: message.detail
    };
    const at = run.stages.findIndex(known => known.stage === stage.stage);
    if (at >= 0) {
      run.stages[at] = stage;
    } else {
      run.stages.push(stage);
    }
  }

  private _emit(): void {
    this._stateChanged.emit();
  }

  private readonly _send: (message: ToKernel) => boolean;
  private readonly _newId: () => string;
  private readonly _runs: IRun[] = [];
  private readonly _history: string[] = [];
  private readonly _stateChanged = new Signal<this, void>(this);
  private _connection: Connection = 'none';
  private _status: IStatus | null = null;
  private _frames: readonly IFrame[] = [];
  private _problem = '';
  private _isDisposed = false;
}
