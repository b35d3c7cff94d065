// Tables: header cells and a caption, no widths and no style; the keyboard can always get out.

import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Plugin, TextSelection } from "@tiptap/pm/state";
import { goToNextCell } from "@tiptap/pm/tables";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { cleanLine } from "./clean.js";
import { inlineElement } from "./inline.js";

const CELL = "(paragraph | bulletList | orderedList)+";

function span(name) {
  return { default: 1, parseHTML: (cell) => Math.max(1, Number.parseInt(cell.getAttribute(name), 10) || 1) };
}

// The library reads widths; they are not of this document, but its tables expect the attribute.
const spans = () => ({ colspan: span("colspan"), rowspan: span("rowspan"), colwidth: { default: null, rendered: false } });

const Grid = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: "",
        parseHTML: (table) => (table.caption ? cleanLine(table.caption) : ""),
      },
    };
  },
  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }, { tag: "colgroup", ignore: true }];
  },
  renderHTML({ node }) {
    const table = document.createElement("table");
    const body = document.createElement("tbody");
    if (node.attrs.caption) {
      const caption = inlineElement("caption", node.attrs.caption);
      caption.contentEditable = "false";
      table.append(caption);
    }
    table.append(body);
    const region = document.createElement("div");
    region.className = "table-region";
    region.append(table);
    return { dom: region, contentDOM: body };
  },
  addKeyboardShortcuts() {
    const inTable = () => this.editor.isActive("table");
    return {
      ...this.parent?.(),
      // Tab goes from cell to cell and out of the table at its last one; it never makes rows (WCAG 2.1.2).
      Tab: () => inTable() && (goToNextCell(1)(this.editor.state, this.editor.view.dispatch) || leaveTable(this.editor, 1)),
      "Shift-Tab": () => inTable() && (goToNextCell(-1)(this.editor.state, this.editor.view.dispatch) || leaveTable(this.editor, -1)),
    };
  },
}).configure({ resizable: false, View: null, allowTableNodeSelection: true });

/** Put the cursor in the text after (1) or before (-1) the table; make a paragraph when there is none. */
function leaveTable(editor, direction) {
  const { state, view } = editor;
  const { $from } = state.selection;
  let depth = $from.depth;
  while ($from.node(depth).type.name !== "table") depth -= 1;
  const beside = direction > 0 ? $from.after(depth) : $from.before(depth);
  const transaction = state.tr;
  const neighbour = direction > 0 ? transaction.doc.resolve(beside).nodeAfter : transaction.doc.resolve(beside).nodeBefore;
  const index = $from.index(depth - 1) + (direction > 0 ? 1 : 0);
  const { paragraph } = state.schema.nodes;
  // Where the table is all there is, as with the values of a figure, Tab leaves the editor.
  if (!neighbour?.isTextblock && !$from.node(depth - 1).canReplaceWith(index, index, paragraph)) return false;
  if (!neighbour?.isTextblock) transaction.insert(beside, paragraph.create());
  const target = direction > 0 ? beside + 1 : beside - (neighbour?.isTextblock ? 1 : -1);
  view.dispatch(transaction.setSelection(TextSelection.near(transaction.doc.resolve(target), direction)).scrollIntoView());
  return true;
}

const Row = TableRow.extend({
  addAttributes() {
    return { head: { default: false, parseHTML: (row) => row.parentElement?.localName === "thead", rendered: false } };
  },
});

/** A header cell without a word heads nothing: to screen readers it is a cell, until something stands in it. */
const emptyHeaders = new Plugin({
  props: {
    decorations({ doc }) {
      const found = [];
      doc.descendants((node, position) => {
        if (node.type.name === "tableHeader" && !node.textContent) found.push(Decoration.node(position, position + node.nodeSize, { role: "cell" }));
        return !node.isTextblock;
      });
      return DecorationSet.create(doc, found);
    },
  },
});

export const tableNodes = [
  Grid,
  Row,
  TableCell.extend({ content: CELL, addAttributes: spans }),
  TableHeader.extend({ content: CELL, addAttributes: spans, addProseMirrorPlugins: () => [emptyHeaders] }),
];
