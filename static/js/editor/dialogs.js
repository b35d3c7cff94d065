// What is asked for in a dialog: links, languages, notes, captions, the number a list begins with.

import { ask, field, input } from "./dialog.js";
import { element, freshId } from "./elements.js";
import { lineSchema, noteSchema } from "./blocks.js";
import { isAllowedAddress } from "./inline.js";
import { makeEditor } from "./rich_text.js";
import { history, marks } from "./tools.js";
import { lostWords } from "./pictures.js";
import { asOneLine } from "./word_paste.js";
import { word } from "./words.js";
import { writeBlocks, writeInline } from "./write.js";

/** The address as one writes it: an e-mail address or a web address without its beginning is completed. */
function completed(address) {
  const written = address.trim();
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(written)) return `mailto:${written}`;
  if (/^\+?[\d\s-]{5,}$/.test(written)) return `tel:${written.replace(/[\s-]/g, "")}`;
  if (/^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(written)) return `https://${written}`;
  return written;
}

export async function editLink(editor) {
  const current = editor.getAttributes("link").href ?? "";
  const { empty } = editor.state.selection;
  const needsText = empty && !current;
  const address = input("address", current, { inputmode: "url" });
  const text = input("text");
  const answer = await ask({
    editor, title: word("link"), done: word("save"), remove: current ? word("remove_link") : null,
    fields: [field(word("link_address"), address, word("link_help")), ...(needsText ? [field(word("link_text"), text)] : [])],
    accept: () => {
      const href = completed(address.value);
      return isAllowedAddress(href) ? { href, text: text.value.trim() || address.value.trim() } : word("link_wrong");
    },
  });
  const chain = editor.chain().focus().extendMarkRange("link");
  if (answer === "remove") chain.unsetLink().run();
  else if (answer && needsText) editor.chain().focus().insertContent({ type: "text", text: answer.text, marks: [{ type: "link", attrs: { href: answer.href } }] }).run();
  else if (answer) chain.setLink({ href: answer.href }).run();
}

const LANGUAGES = ["en", "fi", "se", "ar", "ckb", "de", "es", "fa", "fr", "no", "pl", "rom", "so", "ti", "tr", "uk"];

export async function editLanguage(editor) {
  const current = editor.getAttributes("language").lang ?? "";
  const names = new Intl.DisplayNames([document.documentElement.lang || "sv"], { type: "language" });
  const select = element("select", { class: "ds-input", name: "lang" });
  for (const code of current && !LANGUAGES.includes(current) ? [current, ...LANGUAGES] : LANGUAGES) {
    select.append(element("option", { value: code, selected: code === current }, names.of(code)));
  }
  const answer = await ask({
    editor, title: word("language"), done: word("save"), remove: current ? word("remove_language") : null,
    fields: [field(word("language_of_passage"), select, word("language_help"))],
    accept: () => ({ lang: select.value }),
  });
  const chain = editor.chain().focus().extendMarkRange("language");
  if (answer === "remove") chain.unsetMark("language").run();
  else if (answer) chain.setMark("language", { lang: answer.lang }).run();
}

/** A sentence in the dialog around `holder`, where it says what is to be put right; it is said aloud. */
function sayIn(holder, text) {
  const place = holder.closest("dialog")?.querySelector("form > [role=alert]");
  if (!text || !place) return;
  place.hidden = false;
  place.textContent = text;
}

/** A small editor inside a dialog, with its own toolbar. */
export function inner(label, options, tools) {
  const id = freshId("editor-label");
  const holder = element("div", { class: "editor-inner" }, element("p", { class: "ds-label", id }, label));
  const editor = makeEditor(holder, { labelledBy: id, lang: document.documentElement.lang, groups: tools, onLost: (lost) => sayIn(holder, lostWords(lost)), ...options });
  return { holder, editor };
}

export const closeWith = (holder, editor) => holder.closest("dialog")?.addEventListener("close", () => editor.destroy());

/** A footnote: several paragraphs, with links. A new one is set where the cursor stands. */
export async function editNote(editor) {
  const { selection } = editor.state;
  const isOld = selection.node?.type.name === "footnote";
  const note = inner(word("footnote_text"), {
    extensions: noteSchema(), content: isOld ? selection.node.attrs.note : "", write: writeBlocks, className: "editor-place--note",
  }, [marks, history]);
  const asked = ask({
    editor, title: word("footnote"), done: word("save"), remove: isOld ? word("remove_footnote") : null, fields: [note.holder],
    accept: () => (note.editor.written() ? { note: note.editor.written() } : word("footnote_empty")),
  });
  closeWith(note.holder, note.editor);
  note.editor.commands.focus("end");
  const answer = await asked;
  if (answer === "remove") editor.chain().focus().deleteSelection().run();
  else if (answer && isOld) editor.chain().focus().updateAttributes("footnote", answer).setNodeSelection(selection.from).run();
  else if (answer) editor.chain().focus().setTextSelection(selection.to).insertContent({ type: "footnote", attrs: answer }).run();
}

/** One line with marks and notes: a caption. Used by the dialogs of tables and figures. */
export function captionField(label, content) {
  const line = inner(label, {
    extensions: lineSchema({ all: true }), content, multiline: false, className: "editor-place--line",
    write: (doc) => writeInline(doc.firstChild), clean: asOneLine,
  }, [{ ...marks, tools: [...marks.tools, noteTool] }]);
  return { ...line, close: () => closeWith(line.holder, line.editor) };
}

export const noteTool = {
  key: "footnote", sign: "note",
  run: editNote,
  isActive: (editor) => editor.isActive("footnote"),
};

export async function editTableCaption(editor) {
  const caption = captionField(word("caption"), editor.getAttributes("table").caption);
  const asked = ask({
    editor, title: word("table_caption"), done: word("save"), fields: [caption.holder],
    accept: () => ({ caption: caption.editor.written() }),
  });
  caption.close();
  const answer = await asked;
  if (answer) editor.chain().focus().updateAttributes("table", answer).run();
}

export async function editListStart(editor) {
  const number = input("start", editor.getAttributes("orderedList").start, { type: "number", min: "1", max: "999", inputmode: "numeric" });
  const answer = await ask({
    editor, title: word("list_start"), done: word("save"), fields: [field(word("list_start_label"), number)],
    accept: () => (number.checkValidity() && number.value ? { start: Number(number.value) } : word("list_start_wrong")),
  });
  if (answer) editor.chain().focus().updateAttributes("orderedList", answer).run();
}
