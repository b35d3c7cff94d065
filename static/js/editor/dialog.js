// Dialogs of the editor: native <dialog>, named by its heading, closed by Escape, focus back where it was.

import { element, freshId } from "./elements.js";
import { word } from "./words.js";

/**
 * Ask in a dialog about something in `editor`. `title` and `fields` (elements); `done` is the word on the button that says yes.
 * `accept(form)` runs on yes: it returns false, or a sentence saying what to put right, to stay open.
 * Resolves to what `accept` returned, or null when it was closed. `remove` adds a button that answers "remove".
 */
export function ask({ editor, title, fields, done, accept, remove = null }) {
  const id = freshId("editor-dialog");
  const failure = element("p", { class: "ds-validation-message", "data-color": "danger", role: "alert", hidden: true });
  const form = element("form", { class: "editor-dialog__form", method: "dialog", novalidate: true }, ...fields, failure, buttons(done, remove));
  const dialog = element("dialog", { class: "ds-dialog editor-dialog", "aria-labelledby": id }, element("h2", { id, class: "editor-dialog__title" }, title), form);
  const cameFrom = document.activeElement;
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.value === "cancel") return dialog.close();
      if (event.submitter?.value === "remove") {
        answer = "remove";
        return dialog.close();
      }
      Promise.resolve(accept(form)).then((accepted) => {
        if (accepted === false) return;
        failure.hidden = typeof accepted !== "string";
        if (typeof accepted === "string") {
          failure.textContent = accepted;
          return;
        }
        answer = accepted;
        dialog.close();
      });
    });
    dialog.addEventListener("close", () => {
      dialog.dispatchEvent(new Event("editor-dialog-closed"));
      dialog.remove();
      // The text has kept focus, but its cursor went away with the dialog: only the view can bring it back.
      if (editor.view.dom.contains(cameFrom)) editor.view.focus();
      else cameFrom?.focus();
      resolve(answer);
    });
    dialog.showModal();
  });
}

function buttons(done, remove) {
  const row = element("div", { class: "cluster" }, button(done, "done"), button(word("cancel"), "cancel", "tertiary"));
  if (remove) row.append(button(remove, "remove", "tertiary"));
  return row;
}

function button(text, value, variant = "primary") {
  return element("button", { class: "ds-button", type: "submit", value, "data-variant": variant }, text);
}

/** A labelled control; `help` stands under the label and describes it. */
export function field(label, control, help = null) {
  control.id ||= freshId("editor-field");
  const parts = [element("label", { class: "ds-label", for: control.id }, label)];
  if (help) {
    const id = freshId("editor-help");
    control.setAttribute("aria-describedby", id);
    parts.push(element("p", { class: "field__help", id }, help));
  }
  return element("div", { class: "ds-field field" }, ...parts, control);
}

export function input(name, value = "", properties = {}) {
  const control = element("input", { class: "ds-input", name, autocomplete: "off", type: "text", ...properties });
  control.value = value;
  return control;
}
