// Notes, captions and the values of figures are held as HTML; whatever came in, only what the schema allows goes on.

import { getSchema } from "@tiptap/core";
import Document from "@tiptap/extension-document";
import Paragraph from "@tiptap/extension-paragraph";
import Text from "@tiptap/extension-text";
import { DOMParser as SchemaParser } from "@tiptap/pm/model";
import { inlineAll, inlineWithNotes } from "./inline.js";
import { parseQuietly } from "./quiet.js";
import { listNodes } from "./lists.js";
import { tableNodes } from "./table.js";
import { writeBlocks, writeInline } from "./write.js";

let lines = null;
let values = null;
let notes = null;

/** One line's HTML out of an element's content. */
export function cleanLine(holder) {
  lines ??= getSchema([
    Document.extend({ content: "paragraph+" }), Text, Paragraph,
    ...inlineWithNotes.filter((extension) => extension.name !== "hardBreak"),
  ]);
  const found = [];
  SchemaParser.fromSchema(lines).parse(holder).forEach((paragraph) => found.push(writeInline(paragraph)));
  return found.join(" ").trim();
}

/** The HTML of a table that is a figure's values. */
export function cleanTable(table) {
  values ??= getSchema([Document.extend({ content: "table" }), Text, Paragraph, ...listNodes, ...tableNodes, ...inlineWithNotes]);
  const holder = document.createElement("div");
  holder.append(table.cloneNode(true));
  return writeBlocks(SchemaParser.fromSchema(values).parse(holder));
}

/** The HTML of a footnote: its paragraphs. */
export function cleanNote(html) {
  notes ??= getSchema([Document.extend({ content: "paragraph+" }), Text, Paragraph, ...inlineAll]);
  return writeBlocks(SchemaParser.fromSchema(notes).parse(parseQuietly(html)));
}
