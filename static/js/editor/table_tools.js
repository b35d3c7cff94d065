// What is done with a table while the cursor is in one.

import { editTableCaption } from "./dialogs.js";

function command(key, name) {
  return {
    key,
    run: (editor) => editor.chain().focus()[name]().run(),
    isEnabled: (editor) => editor.can()[name](),
  };
}

export const inTable = (editor) => editor.isActive("table");

export const tableTools = {
  key: "group_table",
  when: inTable,
  tools: [
    command("row_before", "addRowBefore"), command("row_after", "addRowAfter"), command("row_remove", "deleteRow"),
    command("column_before", "addColumnBefore"), command("column_after", "addColumnAfter"), command("column_remove", "deleteColumn"),
    command("header_row", "toggleHeaderRow"), command("header_column", "toggleHeaderColumn"),
    command("merge_cells", "mergeCells"), command("split_cell", "splitCell"),
    { key: "table_caption", run: editTableCaption },
    command("table_remove", "deleteTable"),
  ],
};
