/** Names that other files, the schema and the tests share. */
export const PLUGIN_ID = 'nexus-jupyter:plugin';
export const SIDEBAR_ID = 'nexus-sidebar';

export namespace CommandIDs {
  export const acceptGroup = 'nexus:accept-group';
  export const discardGroup = 'nexus:discard-group';
  export const runGroup = 'nexus:run-group';
  export const ask = 'nexus:ask';
  export const showSidebar = 'nexus:show-sidebar';
  export const showSandbox = 'nexus:show-sandbox';
  export const loadKernel = 'nexus:load-kernel';
}
