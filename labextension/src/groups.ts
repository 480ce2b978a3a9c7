/** Groups of cells: which cells belong together, and which group a command means. No DOM, no notebook. */
import type { AcceptPolicy, GroupState, ICellMark } from './payloads';

/** One group as it stands in the notebook: the positions of its cells, in order. */
export interface IGroup {
  id: string;
  state: GroupState;
  accept: AcceptPolicy;
  cells: number[];
}

/** Read `metadata.nexus`; a notebook may hold anything there, so nothing is believed. */
export function readMark(value: unknown): ICellMark | null {
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  const { group, role, state, accept, version } = value as Record<string, unknown>;
  if (typeof group !== 'string' || group === '') {
    return null;
  }
  return {
    group,
    role: role === 'answer' ? 'answer' : 'code',
    state: state === 'proposed' || state === 'working' ? state : 'accepted',
    accept: accept === 'run' || accept === 'ask' ? accept : 'insert',
    version: typeof version === 'number' ? version : 1
  };
}

/** The groups of a notebook, given each cell's mark in order. The first cell's state and policy are the group's. */
export function groupsOf(marks: readonly (ICellMark | null)[]): Map<string, IGroup> {
  const groups = new Map<string, IGroup>();
  marks.forEach((mark, index) => {
    if (!mark) {
      return;
    }
    const known = groups.get(mark.group);
    if (known) {
      known.cells.push(index);
    } else {
      groups.set(mark.group, { id: mark.group, state: mark.state, accept: mark.accept, cells: [index] });
    }
  });
  return groups;
}

/** The group that a command means: the active cell's, else the nearest proposed one above it, else the nearest below. */
export function groupAt(marks: readonly (ICellMark | null)[], active: number): IGroup | null {
  const groups = groupsOf(marks);
  const own = marks[active];
  if (own && groups.get(own.group)?.state === 'proposed') {
    return groups.get(own.group) ?? null;
  }
  const proposed = [...groups.values()].filter(group => group.state === 'proposed');
  const above = proposed.filter(group => group.cells[0] < active).pop();
  return above ?? proposed.at(0) ?? null;
}

/** The proposed or unfinished groups right below a cell: what an answer asked again takes the place of. */
export function replacedBelow(marks: readonly (ICellMark | null)[], anchor: number): string[] {
  const replaced: string[] = [];
  for (let index = anchor + 1; index < marks.length; index++) {
    const mark = marks[index];
    if (!mark || mark.state === 'accepted') {
      break;
    }
    if (!replaced.includes(mark.group)) {
      replaced.push(mark.group);
    }
  }
  return replaced;
}
