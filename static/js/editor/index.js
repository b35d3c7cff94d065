// The editing page: makes an editor of each section's form, also of one that htmx brings in, and lets nothing get lost.

import { SectionEditor } from "./section.js";
import { word } from "./words.js";

const open = new Map();

function begin(within) {
  for (const form of within.querySelectorAll("form[data-samverkan-section]")) {
    if (!open.has(form)) open.set(form, new SectionEditor(form));
  }
}

/** Send everything that is unsaved; true when the server has it all. */
async function saveAll(options) {
  const done = await Promise.all([...open.values()].map((editor) => editor.saver.save(options)));
  return done.every(Boolean);
}

const isUnsaved = () => [...open.values()].some((editor) => editor.saver.isDirty);

begin(document);
document.body.addEventListener("htmx:load", (event) => begin(event.target.parentElement ?? document));

/** Words in another form, such as a comment, that have not been sent. */
function isTypedBeside(within = document) {
  const fields = [...within.querySelectorAll("main form:not([data-samverkan-sent]) textarea")];
  return fields.some((field) => field.value !== field.defaultValue);
}

// Before another section comes in its place, the one that leaves is saved, and so may a comment on it be.
document.body.addEventListener("htmx:confirm", (event) => {
  const isBeside = isTypedBeside(event.detail.target);
  if (!isUnsaved() && !isBeside) return;
  event.preventDefault();
  saveAll().then((done) => ((done && !isBeside) || confirm(word("leave_unsaved"))) && event.detail.issueRequest(true));
});
document.body.addEventListener("htmx:beforeCleanupElement", (event) => {
  for (const [form, editor] of open) {
    if (event.target !== form && !event.target.contains(form)) continue;
    editor.destroy();
    open.delete(form);
  }
});

addEventListener("blur", () => saveAll());
addEventListener("online", () => saveAll());
// Coming back from signing in in another tab.
addEventListener("focus", () => {
  for (const [form, editor] of open) if (form.dataset.state === "signed-out") editor.saver.resume();
});
addEventListener("pagehide", () => saveAll({ keepalive: true }));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll({ keepalive: true }));
addEventListener("beforeunload", (event) => {
  if (isTypedBeside() || [...open.values()].some(({ saver }) => saver.isDirty && !saver.isKept)) event.preventDefault();
});

// What leads on from here is met by the text as it stands: it is saved before another form is sent or a link followed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (open.has(form) || form.method === "dialog" || form.dataset.samverkanGoesOn || !isUnsaved()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  saveAll().then((done) => {
    // Signing out erases what is kept here: only one's own word goes past a failure.
    const isAsked = !done && form.matches("[data-samverkan-sign-out]");
    if (isAsked && !confirm(word("sign_out_unsaved"))) return;
    if (isAsked) form.dataset.samverkanAsked = "yes";
    form.dataset.samverkanGoesOn = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.samverkanGoesOn;
  });
}, true);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const staysHere = link.target || link.hasAttribute("hx-get") || link.hasAttribute("download") || link.closest(".editor-text");
  if (staysHere || link.origin !== location.origin || link.getAttribute("href").startsWith("#") || !isUnsaved()) return;
  event.preventDefault();
  saveAll().then(() => location.assign(link.href));
});
