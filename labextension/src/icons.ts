// Our own drawings: one stroke, the colour of the text around them.
import { LabIcon } from '@jupyterlab/ui-components';

const drawn = (name: string, paths: string): LabIcon =>
  new LabIcon({
    name: `jusou:${name}`,
    svgstr:
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">' +
      '<g class="jusou-icon" fill="none" stroke="#0017c1" stroke-width="1.8" ' +
      `stroke-linecap="round" stroke-linejoin="round">${paths}</g></svg>`
  });

export const homeIcon = drawn('home', '<path d="M3 11.5 12 4l9 7.5M5.5 10v10h13V10M10 20v-6h4v6"/>');
export const formIcon = drawn('form', '<path d="M5 3h14v18H5zM8 8h8M8 12h8M8 16h5"/>');
export const phoneIcon = drawn(
  'phone',
  '<path d="M6 3h3.5l1.5 5-2.3 1.7a12 12 0 0 0 5.6 5.6L16 13l5 1.5V18a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"/>'
);
export const folderIcon = drawn(
  'folder',
  '<path d="M12 19H3V5h6l2 2h8v4"/><circle cx="16.5" cy="15.5" r="3.5"/><path d="m19 18 2.5 2.5"/>'
);
export const boardIcon = drawn(
  'board',
  '<circle cx="12" cy="6" r="2.5"/><circle cx="4.5" cy="10" r="2"/><circle cx="19.5" cy="10" r="2"/><path d="M5 20v-4h14v4M8 16v-3a4 4 0 0 1 8 0v3"/>'
);
export const chartIcon = drawn(
  'chart',
  '<path d="M4 4h7v5H4zM13 15h7v5h-7zM7.5 9v8.5H13M11 6.5h5.5V15"/>'
);
export const paperIcon = drawn(
  'paper',
  '<path d="M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z"/>'
);
export const calendarIcon = drawn(
  'calendar',
  '<path d="M4 5h16v15H4zM4 10h16M8 3v4M16 3v4M8.5 15l2.5 2.5 4.5-4.5"/>'
);
export const helpIcon = drawn(
  'help',
  '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.2"/>'
);
