// The toolbar of a section's text: everything, and what is done with a table or a numbered list while one is in it.

import { editListStart, noteTool } from "./dialogs.js";
import { editFigure } from "./figure_dialog.js";
import { inTable, tableTools } from "./table_tools.js";
import { history, marks, structure } from "./tools.js";

const ROWS = 3;
const COLUMNS = 3;

/** `upload(file)` sends a picture to the server and resolves to {asset, url, width, height} or throws a sentence. */
export function bodyTools(upload) {
  return [
    history,
    structure,
    marks,
    {
      key: "group_insert",
      tools: [
        { ...noteTool, shown: true },
        { key: "table", sign: "table", shown: true, isEnabled: (editor) => !inTable(editor), run: (editor) => editor.chain().focus().insertTable({ rows: ROWS, cols: COLUMNS, withHeaderRow: true }).run() },
        { key: "figure", sign: "figure", shown: true, isActive: (editor) => editor.isActive("figure"), isEnabled: (editor) => !inTable(editor), run: (editor) => editFigure(editor, upload) },
      ],
    },
    { key: "group_list", when: (editor) => editor.isActive("orderedList"), tools: [{ key: "list_start", run: editListStart }] },
    tableTools,
  ];
}
