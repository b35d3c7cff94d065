// What stands under each other: paragraphs, one level of heading, lists, quotations; the schema of a section's text.

import Blockquote from "@tiptap/extension-blockquote";
import Document from "@tiptap/extension-document";
import Heading from "@tiptap/extension-heading";
import Paragraph from "@tiptap/extension-paragraph";
import Text from "@tiptap/extension-text";
import { Dropcursor, Gapcursor, Placeholder, TrailingNode, UndoRedo } from "@tiptap/extensions";
import { Figure } from "./figure.js";
import { inlineAll, inlineOnly, inlineWithNotes } from "./inline.js";
import { listNodes } from "./lists.js";
import { tableNodes } from "./table.js";

// Stored as h4; on the editing page, where the section itself is an h2, it stands one step under it.
const SubHeading = Heading.extend({ renderHTML: () => ["h3", 0] }).configure({ levels: [4] });

/** A section's text. `shown` is the sentence in an empty one. */
export function bodySchema(shown) {
  return [
    Document, Text, Paragraph,
    SubHeading,
    ...listNodes,
    Blockquote.extend({ content: "paragraph+" }),
    ...tableNodes, Figure, ...inlineWithNotes,
    UndoRedo, Dropcursor, Gapcursor, TrailingNode,
    Placeholder.configure({ placeholder: shown, showOnlyWhenEditable: true }),
  ];
}

/** One line: a section's heading, or with `all` marks a caption. Enter does what `onEnter` says. */
export function lineSchema({ all = false, onEnter = () => true } = {}) {
  const OneLine = Paragraph.extend({
    addKeyboardShortcuts: () => ({ Enter: onEnter, "Shift-Enter": onEnter }),
  });
  const marks = all ? inlineWithNotes.filter((extension) => extension.name !== "hardBreak") : inlineOnly;
  return [Document.extend({ content: "paragraph" }), Text, OneLine, ...marks, UndoRedo];
}

/** The values of a figure: one table and nothing beside it. */
export function valuesSchema() {
  return [Document.extend({ content: "table" }), Text, Paragraph, ...listNodes, ...tableNodes, ...inlineWithNotes, UndoRedo];
}

/** A footnote: paragraphs with links, and no note inside the note. */
export function noteSchema() {
  return [Document.extend({ content: "paragraph+" }), Text, Paragraph, ...inlineAll, UndoRedo];
}
