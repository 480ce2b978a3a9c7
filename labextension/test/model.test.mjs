// The model has no DOM: it is tested as it is. `npm test` compiles it first.
import assert from 'node:assert/strict';
import test from 'node:test';
import groups from '../build/groups.js';
import model from '../build/model.js';
import answers from '../build/answers.js';

const { groupAt, groupsOf, readMark, replacedBelow } = groups;
const { readAnswer } = answers;

const mark = (group, state = 'proposed', accept = 'insert') => ({
  group,
  role: 'code',
  state,
  accept,
  version: 1
});

function connected() {
  const sent = [];
  let count = 0;
  const nexus = new model.NexusModel(
    message => sent.push(message) > 0,
    () => `id${++count}`
  );
  nexus.receive({ op: 'welcome', version: 1, status: { state: 'ready', sandbox: 'A' } });
  return { nexus, sent };
}

test('a mark of another shape is no mark', () => {
  for (const value of [null, 'g', 7, {}, { group: 7 }, { group: '' }, ['g']]) {
    assert.equal(readMark(value), null);
  }
});

test('a mark with an unknown state counts as accepted, so that it never gets buttons', () => {
  assert.equal(readMark({ group: 'g', state: '<script>' }).state, 'accepted');
});

test('what Accept does is what the first cell says, and never more than keeping for an unknown word', () => {
  assert.equal(readMark({ group: 'g', accept: 'run' }).accept, 'run');
  assert.equal(readMark({ group: 'g', accept: 'ask' }).accept, 'ask');
  assert.equal(readMark({ group: 'g', accept: 'rm -rf' }).accept, 'insert');
  assert.equal(groupsOf([mark('a', 'proposed', 'run'), mark('a')]).get('a').accept, 'run');
});

test('the cells of a group belong together wherever they stand', () => {
  const found = groupsOf([null, mark('a'), null, mark('b', 'accepted'), mark('a')]);
  assert.deepEqual(found.get('a'), { id: 'a', state: 'proposed', accept: 'insert', cells: [1, 4] });
  assert.equal(found.get('b').state, 'accepted');
});

test('a command means the group of the active cell, else the nearest above, else the nearest below', () => {
  const marks = [mark('a'), null, mark('b'), mark('c', 'accepted'), null, mark('d')];
  assert.equal(groupAt(marks, 2).id, 'b');
  assert.equal(groupAt(marks, 4).id, 'b');
  assert.equal(groupAt(marks, 1).id, 'a');
  assert.equal(groupAt([null, mark('d')], 0).id, 'd');
  assert.equal(groupAt([null, mark('c', 'accepted')], 1), null);
});

test('only what is still proposed right below the question is replaced', () => {
  assert.deepEqual(replacedBelow([null, mark('a'), mark('a'), null, mark('b')], 0), ['a']);
  assert.deepEqual(replacedBelow([null, mark('a', 'accepted'), mark('b')], 0), []);
});

test('nothing is asked without a welcome, and nothing empty ever', () => {
  const sent = [];
  const nexus = new model.NexusModel(
    message => sent.push(message) > 0,
    () => 'id'
  );
  assert.equal(nexus.ask('average price'), null);
  nexus.receive({ op: 'welcome', version: 1, status: { state: 'ready' } });
  assert.equal(nexus.ask('  \n'), null);
  assert.deepEqual(
    sent.map(message => message.op),
    ['frames']
  );
});

test('a run gathers its stages and then its answer', () => {
  const { nexus, sent } = connected();
  const request = nexus.ask(' average price ');
  assert.deepEqual(sent.at(-1), { op: 'ask', request, question: 'average price', options: {} });
  assert.equal(nexus.busy, true);
  nexus.receive({ op: 'stage', request, stage: 'plan', state: 'running', ms: null, detail: '' });
  nexus.receive({ op: 'stage', request, stage: 'plan', state: 'done', ms: 4.2, detail: '' });
  assert.deepEqual(nexus.run.stages, [{ stage: 'plan', state: 'done', ms: 4.2, detail: '' }]);
  nexus.receive({ op: 'answer', request, answer: { status: 'answered', text: '42', insertable: true } });
  assert.equal(nexus.busy, false);
  nexus.insert();
  assert.deepEqual(sent.at(-1), { op: 'insert', request, answer: request });
});

test("another page's answer is not this page's", () => {
  const { nexus } = connected();
  nexus.receive({ op: 'answer', request: 'other', answer: { status: 'answered', text: '42' } });
  assert.equal(nexus.run, null);
  assert.equal(nexus.isMine('other'), false);
});

test("a cell's question shows its stages, and ends with its cell", () => {
  const { nexus } = connected();
  nexus.receive({
    op: 'stage',
    request: 'cell',
    question: 'q',
    stage: 'plan',
    state: 'running',
    ms: null,
    detail: ''
  });
  assert.equal(nexus.run.question, 'q');
  assert.equal(nexus.busy, false);
  nexus.endOthers('There.');
  assert.equal(nexus.run.answer.text, 'There.');
});

test('stop is said once', () => {
  const { nexus, sent } = connected();
  nexus.ask('average price');
  nexus.stop();
  nexus.stop();
  assert.equal(sent.filter(message => message.op === 'stop').length, 1);
});

test('a kernel that goes away ends the run with a sentence, and takes Insert with it', () => {
  const { nexus } = connected();
  nexus.ask('average price');
  nexus.disconnect('unloaded');
  assert.equal(nexus.run.answer.status, 'failed');
  assert.match(nexus.run.answer.text, /Ask again/);
  assert.equal(nexus.busy, false);
  assert.deepEqual(nexus.frames, []);
  assert.equal(nexus.settled, true);
});

test('the history keeps a repeated question once', () => {
  const { nexus } = connected();
  nexus.ask('a');
  nexus.ask('a');
  nexus.ask('b');
  assert.deepEqual(nexus.history, ['a', 'b']);
});

test('an answer with anything missing is still an answer', () => {
  assert.deepEqual(readAnswer({}), {
    status: 'failed',
    text: '',
    readings: [],
    assumptions: [],
    code: '',
    table: null,
    insertable: false
  });
  const answer = readAnswer({
    status: 'ambiguous',
    text: 'x',
    readings: ['a', { label: 'b', question: 'c' }],
    assumptions: [{ text: 'd' }, null],
    table: { columns: ['n'], rows: [[1]] }
  });
  assert.deepEqual(answer.readings, [
    { label: 'a', question: 'a' },
    { label: 'b', question: 'c' }
  ]);
  assert.deepEqual(answer.assumptions, ['d']);
  assert.deepEqual(answer.table, { columns: ['n'], rows: [[1]] });
});
