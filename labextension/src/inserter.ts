/** The cells of the groups in one notebook: put in, replaced, accepted, taken out. Works on the shared model, without a view. */
import type { ICell } from '@jupyterlab/nbformat';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { JSONObject } from '@lumino/coreutils';
import { groupsOf, readMark, replacedBelow, type IGroup } from './groups';
import type { ICellMark } from './payloads';

export function marksOf(model: INotebookModel): (ICellMark | null)[] {
  const marks: (ICellMark | null)[] = [];
  for (const cell of model.cells) {
    marks.push(readMark(cell.getMetadata('nexus')));
  }
  return marks;
}

export function groupIn(model: INotebookModel, group: string): IGroup | null {
  return groupsOf(marksOf(model)).get(group) ?? null;
}

export function indexOfCell(model: INotebookModel, id: string): number {
  return model.sharedModel.cells.findIndex(cell => cell.getId() === id);
}

/**
 * Insert a group below a cell, as one step of the undo history. Groups that are still only proposed right below the
 * cell are answers to the same cell run before: the new one takes their place.
 *
 * @returns the ids of the new cells
 */
export function insertGroup(model: INotebookModel, below: number, group: string, cells: ICell[]): string[] {
  if (model.readOnly || cells.length === 0) {
    return [];
  }
  const shared = model.sharedModel;
  const old = [...new Set([...replacedBelow(marksOf(model), below), group])];
  let ids: string[] = [];
  const index = removeQuietly(model, old, below + 1);
  shared.transact(() => {
    ids = shared.insertCells(index, cells.map(untrusted)).map(cell => cell.getId());
  }, !isWorking(cells));
  return ids;
}

/** Put other cells in place of a group's cells, where the group stands. */
export function updateGroup(model: INotebookModel, group: string, cells: ICell[]): string[] {
  const known = groupIn(model, group);
  if (!known || known.state === 'accepted') {
    return [];
  }
  return insertGroup(model, known.cells[0] - 1, group, cells);
}

/** Take a group out; one step of the undo history unless its answer was never finished. */
export function removeGroup(model: INotebookModel, group: string): boolean {
  const known = groupIn(model, group);
  if (!known || model.readOnly) {
    return false;
  }
  model.sharedModel.transact(() => deleteCells(model, known.cells), known.state !== 'working');
  return true;
}

/** Take out what a kernel that went away had not finished. */
export function removeUnfinished(model: INotebookModel): void {
  const unfinished = [...groupsOf(marksOf(model)).values()].filter(group => group.state === 'working');
  removeQuietly(
    model,
    unfinished.map(group => group.id),
    0
  );
}

/**
 * Accept a group: its cells are the user's own from now on, so they are trusted as such. Not undoable: undo takes the
 * group back, not the click.
 */
export function acceptGroup(model: INotebookModel, group: string): boolean {
  const known = groupIn(model, group);
  if (!known || model.readOnly) {
    return false;
  }
  model.sharedModel.transact(() => {
    for (const index of known.cells) {
      const cell = model.cells.get(index);
      const mark = cell.getMetadata('nexus') as JSONObject;
      cell.setMetadata('nexus', { ...mark, state: 'accepted' });
    }
  }, false);
  for (const index of known.cells) {
    model.cells.get(index).trusted = true;
  }
  return true;
}

function removeQuietly(model: INotebookModel, groups: string[], index: number): number {
  const known = groupsOf(marksOf(model));
  const cells = groups.flatMap(group => known.get(group)?.cells ?? []).sort((a, b) => a - b);
  if (cells.length > 0) {
    model.sharedModel.transact(() => deleteCells(model, cells), false);
  }
  return index - cells.filter(cell => cell < index).length;
}

function deleteCells(model: INotebookModel, cells: readonly number[]): void {
  const shared = model.sharedModel;
  if (cells.length === shared.cells.length) {
    shared.insertCell(shared.cells.length, { cell_type: 'code' });
  }
  for (const index of [...cells].reverse()) {
    shared.deleteCell(index);
  }
}

function isWorking(cells: ICell[]): boolean {
  return cells.some(cell => readMark((cell.metadata as JSONObject)['nexus'])?.state === 'working');
}

function untrusted(cell: ICell): ICell {
  return { ...cell, metadata: { ...cell.metadata, trusted: false } };
}
