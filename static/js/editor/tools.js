// The tools that need no dialog of their own, by group. body_tools.js puts the section's toolbar together.

import { editLanguage, editLink } from "./dialogs.js";

function toggle(key, sign, type, run, more = {}) {
  return { key, sign, run, isActive: (editor) => editor.isActive(type), ...more };
}

export const history = {
  key: "group_history",
  tools: [
    { key: "undo", sign: "undo", shortcut: "Mod+Z", run: (editor) => editor.chain().focus().undo().run(), isEnabled: (editor) => editor.can().undo() },
    { key: "redo", sign: "redo", shortcut: "Mod+Shift+Z", run: (editor) => editor.chain().focus().redo().run(), isEnabled: (editor) => editor.can().redo() },
  ],
};

export const bold = toggle("bold", "bold", "bold", (editor) => editor.chain().focus().toggleBold().run(), { shortcut: "Mod+B" });
export const italic = toggle("italic", "italic", "italic", (editor) => editor.chain().focus().toggleItalic().run(), { shortcut: "Mod+I" });
export const link = { key: "link", sign: "link", shortcut: "Mod+K", run: editLink, isActive: (editor) => editor.isActive("link") };
export const language = {
  key: "language", sign: "language", run: editLanguage,
  isActive: (editor) => editor.isActive("language"),
  isEnabled: (editor) => !editor.state.selection.empty || editor.isActive("language"),
};

export const marks = { key: "group_marks", tools: [bold, italic, link, language] };
export const headingMarks = { key: "group_marks", tools: [italic, language] };

export const structure = {
  key: "group_structure",
  tools: [
    toggle("sub_heading", "heading", "heading", (editor) => editor.chain().focus().toggleHeading({ level: 4 }).run(), { shortcut: "Mod+Alt+4" }),
    toggle("bullet_list", "bullets", "bulletList", (editor) => editor.chain().focus().toggleBulletList().run(), { shortcut: "Mod+Shift+8" }),
    toggle("numbered_list", "numbers", "orderedList", (editor) => editor.chain().focus().toggleOrderedList().run(), { shortcut: "Mod+Shift+7" }),
    { key: "indent", sign: "indent", run: (editor) => editor.chain().focus().sinkListItem("listItem").run(), isEnabled: (editor) => editor.can().sinkListItem("listItem") },
    { key: "outdent", sign: "outdent", run: (editor) => editor.chain().focus().liftListItem("listItem").run(), isEnabled: (editor) => editor.can().liftListItem("listItem") },
    toggle("quotation", "quote", "blockquote", (editor) => editor.chain().focus().toggleBlockquote().run()),
  ],
};
