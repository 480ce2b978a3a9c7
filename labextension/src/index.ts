import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { GroupBadges } from './badges';
import { addCommands } from './commands';
import { Companion } from './companion';
import { NexusPanel } from './panel';
import { StatusItem } from './status';
import { CommandIDs, PLUGIN_ID, SIDEBAR_ID } from './tokens';
import { WalledItem } from './walledview';

const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Answers of Nexus as cells of the notebook, and a sidebar to ask from.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ILabShell, ILayoutRestorer, ISettingRegistry, IStatusBar, ITranslator],
  activate
};

function activate(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  palette: ICommandPalette | null,
  labShell: ILabShell | null,
  restorer: ILayoutRestorer | null,
  settings: ISettingRegistry | null,
  statusBar: IStatusBar | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load('nexus_jupyter');
  const companions = new Map<NotebookPanel['context'], Companion>();

  const companionOf = (panel: NotebookPanel): Companion => {
    const known = companions.get(panel.context);
    if (known) {
      return known;
    }
    const context = panel.context;
    const companion = new Companion(context, () => {
      const current = tracker.currentWidget;
      const view = current?.context === context ? current : tracker.find(other => other.context === context);
      return view?.content.activeCellIndex ?? -1;
    });
    companions.set(context, companion);
    context.disposed.connect(() => companions.delete(context));
    return companion;
  };

  const panel = new NexusPanel(
    translator ?? nullTranslator,
    () => void app.commands.execute(CommandIDs.loadKernel)
  );
  app.shell.add(panel, 'right', { rank: 900, type: 'Nexus' });
  restorer?.add(panel, SIDEBAR_ID);

  const showSidebar = (): void => {
    app.shell.activateById(panel.id);
    panel.focusAsk();
  };
  addCommands({ commands: app.commands, palette, tracker, trans, companionOf, showSidebar });

  const item = new StatusItem(trans, showSidebar);
  if (statusBar) {
    statusBar.registerStatusItem(PLUGIN_ID, {
      item,
      align: 'left',
      rank: 20,
      isActive: () => tracker.currentWidget !== null
    });
  }

  const walled = new WalledItem(trans, () => void app.commands.execute(CommandIDs.showSandbox));
  statusBar?.registerStatusItem(`${PLUGIN_ID}-sandbox`, {
    item: walled,
    align: 'left',
    rank: 21,
    isActive: () => tracker.currentWidget !== null
  });

  const follow = (): void => {
    const current = tracker.currentWidget;
    const companion = current ? companionOf(current) : null;
    const model = companion?.model ?? null;
    panel.model = model;
    item.model = model;
    walled.walled = companion?.walled ?? null;
  };
  tracker.widgetAdded.connect((_, added) => {
    companionOf(added);
    new GroupBadges(added, app.commands, trans);
  });
  tracker.currentChanged.connect(follow);
  labShell?.currentChanged.connect(follow);
  NotebookActions.selectionExecuted.connect((_, { notebook }) => {
    const ran = tracker.find(view => view.content === notebook);
    if (ran) {
      const { model } = companionOf(ran);
      model.endOthers(trans.__('Asked in a cell; the answer is there.'));
      model.refreshStatus();
      if (panel.isVisible) {
        model.refreshFrames();
      }
    }
  });
  follow();

  settings
    ?.load(PLUGIN_ID)
    .catch(() => console.warn('nexus-jupyter: the settings could not be read; defaults are used.'));
}

const plugins: JupyterFrontEndPlugin<void>[] = [plugin];
export default plugins;
