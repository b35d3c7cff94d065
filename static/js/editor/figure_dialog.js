// A figure's dialog: the picture is uploaded here, and no figure goes in without its alternative text.

import { ask, field, input } from "./dialog.js";
import { valuesSchema } from "./blocks.js";
import { captionField, closeWith, inner } from "./dialogs.js";
import { element } from "./elements.js";
import { tableTools } from "./table_tools.js";
import { word } from "./words.js";
import { writeBlocks } from "./write.js";

const NONE = { asset: "", alt: "", source: "", caption: "", table: "" };
const EMPTY_TABLE = `<table><tbody><tr><th></th><th></th></tr>${"<tr><td></td><td></td></tr>".repeat(2)}</tbody></table>`;

/** The figure that is selected: {node, position} or null. */
function selectedFigure(editor) {
  const { selection } = editor.state;
  return selection.node?.type.name === "figure" ? { node: selection.node, position: selection.from } : null;
}

/** Make a figure, or change the one that is selected. `dropped` is a picture that was pasted or dropped. */
export async function editFigure(editor, upload, dropped = null) {
  const known = dropped ? null : selectedFigure(editor);
  const old = known?.node.attrs ?? NONE;
  const file = element("input", { class: "ds-input", type: "file", name: "file", accept: "image/png,image/jpeg" });
  if (dropped) file.files = asList(dropped);
  const alt = element("textarea", { class: "ds-input", name: "alt", rows: "3" });
  alt.value = old.alt;
  const source = input("source", old.source);
  const caption = captionField(word("figure_caption"), old.caption);
  const values = valuesField(old.table);
  const asked = ask({
    editor, title: word("figure"), done: word("save"), remove: known ? word("figure_remove") : null,
    fields: [
      field(known ? word("figure_other_file") : word("figure_file"), file, word("figure_file_help")),
      field(word("figure_alt"), alt, word("figure_alt_help")),
      caption.holder,
      field(word("figure_source"), source),
      values.field,
    ],
    accept: async () => {
      if (!file.files.length && !old.asset) return word("figure_file_missing");
      if (!alt.value.trim()) return word("figure_alt_needed");
      try {
        const { asset } = file.files.length ? await upload(file.files[0]) : old;
        return { asset, alt: oneLine(alt.value), source: oneLine(source.value), caption: caption.editor.written(), table: values.written() };
      } catch (failure) {
        return failure.message;
      }
    },
  });
  caption.close();
  values.close();
  const answer = await asked;
  if (!answer) return null;
  if (answer === "remove") return editor.chain().focus().setNodeSelection(known.position).deleteSelection().run();
  if (!known) return editor.chain().focus().insertContent({ type: "figure", attrs: answer }).run();
  return editor.chain().focus().setNodeSelection(known.position).updateAttributes("figure", answer).setNodeSelection(known.position).run();
}

/** A box to tick, and under it the table while it is ticked. */
function valuesField(table) {
  const box = element("input", { class: "ds-input", type: "checkbox", name: "values" });
  const ticked = field(word("figure_values"), box);
  ticked.prepend(box);
  const grid = inner(word("figure_values_table"), { extensions: valuesSchema(), content: table || EMPTY_TABLE, write: writeBlocks, className: "editor-place--values" }, [{ ...tableTools, tools: tableTools.tools.filter(({ key }) => key !== "table_remove") }]);
  box.checked = Boolean(table);
  grid.holder.hidden = !box.checked;
  box.addEventListener("change", () => {
    grid.holder.hidden = !box.checked;
  });
  const hasWords = () => grid.editor.state.doc.textContent.trim();
  return {
    field: element("div", { class: "stack" }, ticked, grid.holder),
    written: () => (box.checked && hasWords() ? grid.editor.written() : ""),
    close: () => closeWith(grid.holder, grid.editor),
  };
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim();

function asList(file) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  return transfer.files;
}
