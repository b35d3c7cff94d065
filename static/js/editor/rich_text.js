// An accessible editor on a schema: named, in its language, with its toolbar; used for texts, headings and notes.

import { Editor } from "@tiptap/core";
import { element, freshId } from "./elements.js";
import { joinPasted } from "./joining.js";
import { makeToolbar } from "./toolbar.js";
import { cleanPasted } from "./word_paste.js";

const NOTHING = { pictures: [], comments: 0 };

/**
 * A key acts where the caret is. Browsers tell of a caret's move some moments after it, and keys that follow each
 * other faster than that, as dictation and screen readers send them, would meet the place it left.
 */
function readCaret(view, event) {
  if (!view.composing && event.keyCode !== 229) view.domObserver.flush();
  return false;
}

/**
 * Make an editor at the end of `holder`, with its toolbar above it, or beside it when it is one line. `write(doc)` spells what it holds; `editor.written()` calls it.
 * Escape goes to the toolbar when `escapes` (not in dialogs, where it closes the dialog).
 * `clean(html, lost)` makes what is pasted fit. `onLost(lost, transfer, hasText)` hears of what could not come along
 * (see cleanPasted) from which paste or drop; true when it has taken care of all that was pasted.
 */
export function makeEditor(holder, { extensions, content, write, label, labelledBy, describedBy, lang = "sv", groups = [], className = "", multiline = true, escapes = false, clean = cleanPasted, props = {}, onUpdate = () => {}, onBlur = () => {}, onLost = () => false }) {
  const id = freshId("editor");
  const place = element("div", { class: `editor-place ${className}` });
  const linkTool = groups.flatMap(({ tools }) => tools).find(({ key }) => key === "link");
  let toolbar = null;
  let lost = NOTHING;
  const takeLost = (transfer, slice) => {
    const taken = lost;
    lost = NOTHING;
    return onLost(taken, transfer, Boolean(slice?.size));
  };
  const editor = new Editor({
    element: place,
    extensions,
    content,
    injectCSS: false,
    enablePasteRules: ["link"], // asterisks and underscores are the author's own signs
    onUpdate,
    onBlur,
    editorProps: {
      attributes: {
        id, lang, role: "textbox", class: "editor-text", "aria-multiline": String(multiline),
        ...(label && { "aria-label": label }),
        ...(labelledBy && { "aria-labelledby": labelledBy }),
        ...(describedBy && { "aria-describedby": describedBy }),
      },
      ...props,
      transformPastedHTML: (html) => clean(html, (left) => { lost = left; }),
      transformPastedText: (text) => (multiline ? text : text.replace(/\s+/g, " ").trim()),
      handlePaste: (view, event, slice) => takeLost(event.clipboardData, slice) || joinPasted(view, event, slice),
      handleDrop: (_view, event, slice, moved) => !moved && takeLost(event.dataTransfer, slice),
      handleDOMEvents: { keydown: readCaret },
      handleKeyDown: (view, event) => {
        if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && linkTool) {
          linkTool.run(editor);
          return true;
        }
        if (event.key !== "Escape") return props.handleKeyDown?.(view, event) ?? false;
        if (escapes) toolbar?.focus();
        else view.dom.closest("dialog")?.close();
        return true;
      },
    },
  });
  if (groups.length) {
    toolbar = makeToolbar(editor, groups, { controls: id });
    holder.append(...(multiline ? [toolbar.bar, place] : [place, toolbar.bar]));
  } else {
    holder.append(place);
  }
  editor.written = () => write(editor.state.doc);
  return editor;
}
