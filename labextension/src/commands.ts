import { Dialog, showDialog, type ICommandPalette } from '@jupyterlab/apputils';
import { NotebookActions, type INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon, closeIcon, runIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Companion } from './companion';
import { groupAt } from './groups';
import { nexusIcon } from './icons';
import { groupIn, marksOf } from './inserter';
import { CommandIDs } from './tokens';
import { showGrants } from './walledview';

interface ICommandOptions {
  commands: CommandRegistry;
  palette: ICommandPalette | null;
  tracker: INotebookTracker;
  trans: TranslationBundle;
  companionOf: (panel: NotebookPanel) => Companion;
  showSidebar: () => void;
}

interface ITarget {
  panel: NotebookPanel;
  companion: Companion;
  group: string;
}

const GROUP_ARGS = {
  args: {
    type: 'object',
    properties: { group: { type: 'string', description: 'The group; by default the one at the active cell' } }
  }
} as const;
const NO_ARGS = { args: { type: 'object', properties: {} } } as const;

export function addCommands(options: ICommandOptions): void {
  const { commands, palette, tracker, trans, companionOf, showSidebar } = options;
  const category = trans.__('Nexus');

  const target = (args: ReadonlyPartialJSONObject): ITarget | null => {
    const named = args['group'];
    const current = tracker.currentWidget;
    const holds = (panel: NotebookPanel): boolean =>
      typeof named === 'string' &&
      panel.content.model !== null &&
      groupIn(panel.content.model, named) !== null;
    const panel =
      typeof named !== 'string' || (current && holds(current)) ? current : (tracker.find(holds) ?? null);
    const model = panel?.content.model;
    if (!panel || !model) {
      return null;
    }
    const group =
      typeof named === 'string' ? named : groupAt(marksOf(model), panel.content.activeCellIndex)?.id;
    return group === undefined ? null : { panel, companion: companionOf(panel), group };
  };

  const add = (
    id: string,
    label: string,
    icon: typeof nexusIcon,
    execute: (target: ITarget) => unknown,
    caption: string
  ): void => {
    commands.addCommand(id, {
      label,
      caption,
      icon,
      describedBy: GROUP_ARGS,
      isEnabled: args => target(args) !== null,
      execute: args => {
        const found = target(args);
        return found ? execute(found) : undefined;
      }
    });
    palette?.addItem({ command: id, category });
  };

  add(
    CommandIDs.acceptGroup,
    trans.__('Accept the Proposed Answer'),
    checkIcon,
    found => acceptAsAsked(found, trans),
    trans.__('Keep the cells of the proposed answer; run them too where --run said so')
  );
  add(
    CommandIDs.discardGroup,
    trans.__('Discard the Proposed Answer'),
    closeIcon,
    ({ companion, group }) => companion.discard(group),
    trans.__('Remove the cells of the proposed answer; Undo brings them back')
  );
  add(
    CommandIDs.runGroup,
    trans.__('Run the Proposed Answer'),
    runIcon,
    ({ panel, companion, group }) => runGroup(panel, companion, group),
    trans.__('Accept the proposed answer and run its code in your kernel')
  );

  commands.addCommand(CommandIDs.showSidebar, {
    label: trans.__('Show Nexus'),
    caption: trans.__('Show the Nexus sidebar'),
    icon: nexusIcon,
    describedBy: NO_ARGS,
    execute: () => showSidebar()
  });
  commands.addCommand(CommandIDs.ask, {
    label: trans.__('Ask a Question …'),
    caption: trans.__('Ask a question about the data of the active notebook'),
    icon: nexusIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: { question: { type: 'string', description: 'Ask this; by default only the box opens' } }
      }
    },
    isEnabled: () => tracker.currentWidget !== null,
    execute: args => {
      showSidebar();
      const question = args['question'];
      return typeof question === 'string' && tracker.currentWidget
        ? companionOf(tracker.currentWidget).model.ask(question)
        : null;
    }
  });
  commands.addCommand(CommandIDs.loadKernel, {
    label: trans.__('Load Nexus in the Kernel'),
    caption: trans.__('Run %load_ext nexus_jupyter in the kernel of the active notebook'),
    describedBy: NO_ARGS,
    isEnabled: () => Boolean(tracker.currentWidget?.sessionContext.session?.kernel),
    execute: async () => {
      const kernel = tracker.currentWidget?.sessionContext.session?.kernel;
      await kernel?.requestExecute({ code: '%reload_ext nexus_jupyter', silent: true, store_history: false })
        .done;
    }
  });
  commands.addCommand(CommandIDs.showSandbox, {
    label: trans.__('Show the Sandbox of the Notebook'),
    caption: trans.__('What a notebook in the sandboxed kernel may read; grant more, save what it wrote'),
    describedBy: NO_ARGS,
    isEnabled: () => Boolean(tracker.currentWidget && companionOf(tracker.currentWidget).walled.state),
    execute: () =>
      tracker.currentWidget ? showGrants(companionOf(tracker.currentWidget).walled, trans) : undefined
  });
  const listed = [CommandIDs.ask, CommandIDs.showSidebar, CommandIDs.showSandbox, CommandIDs.loadKernel];
  for (const command of listed) {
    palette?.addItem({ command, category });
  }
}

/** Accept as `--run` said when the question was asked: keep the cells, run them too, or ask which. */
async function acceptAsAsked(
  { panel, companion, group }: ITarget,
  trans: TranslationBundle
): Promise<boolean> {
  const model = panel.content.model;
  const policy = (model && groupIn(model, group)?.accept) ?? 'insert';
  const run = policy === 'run' || (policy === 'ask' ? await askWhetherToRun(trans) : false);
  if (run === null) {
    return false;
  }
  return run ? runGroup(panel, companion, group) : companion.accept(group);
}

/** @returns whether to run, or null where the user wants neither */
async function askWhetherToRun(trans: TranslationBundle): Promise<boolean | null> {
  const result = await showDialog({
    title: trans.__('Accept the proposed answer'),
    body: trans.__('Its cells stay in the notebook. Shall their code also run in your kernel?'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.createButton({ label: trans.__('Keep'), actions: ['keep'] }),
      Dialog.okButton({ label: trans.__('Keep and Run') })
    ]
  });
  if (result.button.actions.includes('keep')) {
    return false;
  }
  return result.button.accept ? true : null;
}

async function runGroup(panel: NotebookPanel, companion: Companion, group: string): Promise<boolean> {
  const model = panel.content.model;
  const known = model && groupIn(model, group);
  if (!model || !known) {
    return false;
  }
  companion.accept(group);
  const cells = known.cells
    .map(index => panel.content.widgets[index])
    .filter(cell => cell.model.type === 'code');
  return NotebookActions.runCells(panel.content, cells, panel.sessionContext);
}
