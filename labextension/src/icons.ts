import { LabIcon } from '@jupyterlab/ui-components';

/** Three points joined into one: data that come together in an answer. */
export const nexusIcon = new LabIcon({
  name: 'nexus:icon',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M12 10.9 6.1 6.6l-.9 1.3 5.9 4.3v6.3h1.8v-6.3l5.9-4.3-.9-1.3z"/>
    <circle cx="4.6" cy="6.4" r="2.6"/><circle cx="19.4" cy="6.4" r="2.6"/><circle cx="12" cy="19" r="2.8"/>
    <circle cx="12" cy="11.4" r="2.1"/>
  </g>
</svg>`
});
