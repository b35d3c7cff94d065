// One section being written: heading and text in editors, saved by themselves, never lost.

import { bodySchema, lineSchema } from "./blocks.js";
import { bodyTools } from "./body_tools.js";
import { noteTool } from "./dialogs.js";
import { element } from "./elements.js";
import { Figure } from "./figure.js";
import { editFigure } from "./figure_dialog.js";
import { actionButton, alertOf, leftBehindWords, signInLink } from "./notice.js";
import { lostWords, picturesOf } from "./pictures.js";
import { watchPresence } from "./presence.js";
import { makeEditor } from "./rich_text.js";
import { inTable } from "./table_tools.js";
import { SafetyCopy } from "./safety.js";
import { csrfToken, Saver } from "./saving.js";
import { headingMarks } from "./tools.js";
import { asOneLine } from "./word_paste.js";
import { word } from "./words.js";
import { writeBlocks, writeInline } from "./write.js";

const NO_PICTURE = "0".repeat(64);

export class SectionEditor {
  /** `form` is templates/agreements/section/_form.html. */
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-samverkan-save-status]");
    this.notice = form.querySelector("[data-samverkan-section-notice]");
    form.querySelector("[data-samverkan-plain]")?.remove();
    this.heading = form.hasAttribute("data-heading") ? this.makeHeading() : null;
    this.body = this.makeBody();
    this.copy = new SafetyCopy(document.body.dataset.samverkanUser, form.dataset.samverkanSection);
    this.saver = new Saver({ form, read: () => this.read(), copy: this.copy, tell: (state, details) => this.tell(state, details) });
    this.stopPresence = form.dataset.presenceUrl ? watchPresence(form, (others) => this.showOthers(others)) : () => {};
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.saver.save();
    });
    this.offerLeftBehind();
  }

  makeHeading() {
    const toBody = () => this.body.commands.focus("start");
    return makeEditor(this.form.querySelector("[data-samverkan-heading]"), {
      extensions: lineSchema({ onEnter: toBody }), content: this.form.dataset.heading, multiline: false,
      label: word("heading_label"), className: "editor-place--heading", escapes: true,
      groups: [{ ...headingMarks, tools: [...headingMarks.tools, noteTool] }],
      write: (doc) => writeInline(doc.firstChild), onUpdate: () => this.saver.changed(), onBlur: () => this.saver.save(),
      lang: this.form.dataset.language || "sv", clean: asOneLine, onLost: (lost) => this.sayLost(lostWords(lost)),
    });
  }

  makeBody() {
    const upload = (file) => this.upload(file);
    return makeEditor(this.form.querySelector("[data-samverkan-body]"), {
      extensions: bodySchema(word("write_here")).map((extension) => extension.name === "figure"
        ? Figure.configure({ pictureAddress: (asset) => this.form.dataset.pictureUrl.replace(NO_PICTURE, asset) })
        : extension),
      content: this.form.dataset.body, label: word("body_label"), describedBy: this.form.dataset.describedBy,
      lang: this.form.dataset.language || "sv", escapes: true, groups: bodyTools(upload), write: writeBlocks,
      onUpdate: () => this.saver.changed(), onBlur: () => this.saver.save(), onLost: (...lost) => this.takeLost(...lost),
      props: {
        handleDoubleClickOn: (_view, _position, node) => this.open(node),
        handleKeyDown: (view, event) => event.key === "Enter" && this.open(view.state.selection.node),
      },
    });
  }

  /** A picture that came by itself, or with text that it is the only one in, goes on to its figure; of others it is told. */
  takeLost(lost, transfer, hasText) {
    const files = picturesOf(transfer, lost.pictures);
    const count = hasText ? lost.pictures.length : Math.max(lost.pictures.length, files.length);
    const isTaken = files.length > 0 && (hasText ? count === 1 && files.length === 1 : count > 0) && !inTable(this.body);
    this.sayLost(lostWords(lost, isTaken ? count - 1 : count), count > 0);
    if (isTaken) Promise.resolve().then(() => editFigure(this.body, (file) => this.upload(file), files[0])); // after the text
    return isTaken && !hasText;
  }

  /** Above the text and in sight, and once aloud. */
  sayLost(text, isOfPictures = false) {
    if (!text) return false;
    const figure = actionButton(word("figure"), () => inTable(this.body) || editFigure(this.body, (file) => this.upload(file)));
    const close = actionButton(word("notice_close"), () => this.closeNotice(), "tertiary");
    this.say(text, "warning", isOfPictures && !inTable(this.body) ? [figure, close] : [close]);
    this.notice.dataset.near = "";
    document.getElementById("samverkan-announcer").textContent = text;
    return false;
  }

  /** Enter or a double click on a note or a figure opens it. */
  open(node) {
    if (node?.type.name === "footnote") noteTool.run(this.body);
    else if (node?.type.name === "figure") editFigure(this.body, (file) => this.upload(file));
    else return false;
    return true;
  }

  read() {
    return { heading: this.heading?.written() ?? "", body: this.body.written() };
  }

  async upload(file) {
    const sent = new FormData();
    sent.append("file", file);
    const answer = await fetch(this.form.dataset.imageUrl, {
      method: "POST", body: sent, redirect: "manual", credentials: "same-origin",
      headers: { "X-CSRFToken": csrfToken(this.form), Accept: "application/json" },
    }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (answer?.ok && told?.asset) return told;
    throw new Error(told?.error ?? told?.reason ?? word("upload_failed"));
  }

  tell(state, details = {}) {
    this.form.dataset.state = state;
    const text = {
      unsaved: () => word("unsaved"),
      saving: () => word("saving"),
      saved: () => (details.saved_at ? word("saved", { time: details.saved_at }) : word("all_saved")),
      unreachable: () => word(details.isKept ? "unreachable" : "unreachable_not_kept"),
      conflict: () => word("conflict"),
      "signed-out": () => word("signed_out"),
      refused: () => word("refused", { reason: details.reason }),
      gone: () => word("gone"),
    }[state]();
    this.status.textContent = text;
    if (["unsaved", "saving", "saved"].includes(state)) return this.recovered();
    this.announce(text);
    if (state === "conflict") this.stopWriting(text, { href: details.conflict_url, label: word("conflict_link") });
    if (state === "signed-out") this.say(text, "danger", [signInLink(this.form), actionButton(word("try_again"), () => this.saver.resume())]);
    if (state === "gone") this.say(text, "danger");
    if (state === "refused") this.say(text, "danger", [actionButton(word("try_again"), () => this.saver.resume())]);
  }

  recovered() {
    if (this.form.dataset.state !== "saved" || !this.failed) return;
    this.failed = "";
    this.notice.replaceChildren();
    this.offerLeftBehind();
  }

  /** Only failures are said aloud, and each once. */
  announce(text) {
    if (this.failed === text) return;
    this.failed = text;
    document.getElementById("samverkan-announcer").textContent = text;
  }

  stopWriting(text, { href, label }) {
    this.heading?.setEditable(false, false);
    this.body.setEditable(false, false);
    this.say(text, "warning", [element("a", { href, class: "ds-button" }, label)]);
  }

  /** A sentence above the text, with what can be done about it. */
  say(text, tone, actions = []) {
    delete this.notice.dataset.near;
    this.notice.replaceChildren(alertOf(text, tone, actions));
  }

  showOthers(others) {
    const line = this.form.querySelector("[data-samverkan-others]");
    line.textContent = others.length ? word("others_here", { names: others.join(", ") }) : "";
  }

  /** A text that never reached the server is offered, never put in by itself. */
  offerLeftBehind() {
    const now = this.read();
    const found = this.copy.leftBehind();
    for (const same of found.filter((left) => left.heading === now.heading && left.body === now.body)) this.copy.erase(same.key);
    const left = found.find((one) => one.heading !== now.heading || one.body !== now.body);
    if (!left) return;
    this.say(leftBehindWords(left), "warning", [
      actionButton(word("left_behind_take"), () => this.takeBack(left)),
      actionButton(word("left_behind_drop"), () => this.drop(left), "tertiary"),
    ]);
  }

  /** What has been typed here meanwhile is saved before another text takes its place. */
  async takeBack(left) {
    if (!(await this.saver.save())) return;
    this.heading?.commands.setContent(left.heading);
    this.body.commands.setContent(left.body);
    if (this.copy.keep({ ...this.read(), version: left.version })) this.drop(left);
    else this.notice.replaceChildren(); // the browser is full: that copy stays until the server has the text
    this.saver.beginFrom(left.version);
  }

  drop(left) {
    this.copy.erase(left.key);
    this.closeNotice();
  }

  closeNotice() {
    this.notice.replaceChildren();
    this.offerLeftBehind();
  }

  destroy() {
    this.saver.stop();
    this.stopPresence();
    this.heading?.destroy();
    this.body.destroy();
  }
}
