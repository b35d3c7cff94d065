// A form that is saved as a whole by its button. What is typed in it is kept in this browser until the server has
// said yes; how it stands is seen all the while; a save that does not come through leaves the page as it is.

import { element } from "../editor/elements.js";
import { actionButton, alertOf, leftBehindWords, signInLink } from "../editor/notice.js";
import { SafetyCopy } from "../editor/safety.js";
import { csrfToken, send, Sitting } from "../editor/saving.js";
import { word } from "../editor/words.js";
import { isTouched, pairsOf, takeAsSaved, typedIn } from "./fields.js";

const HANDED_IN = "samverkan-handed-in";
const FAULTY = 422;

export class KeptForm {
  /** `form` has templates/agreements/section/_kept_here.html first in it. */
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-samverkan-save-status]");
    this.notice = form.querySelector("[data-samverkan-section-notice]");
    this.copy = new SafetyCopy(document.body.dataset.samverkanUser, form.dataset.samverkanKept);
    this.sitting = new Sitting();
    this.isTyped = form.hasAttribute("data-samverkan-typed");
    for (const event of ["input", "change"]) form.addEventListener(event, () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    this.changed();
    this.eraseHandedIn();
    this.offerLeftBehind();
  }

  /** A button with an address of its own does something else (a new column): what is typed is saved before. */
  submitted(event) {
    const button = event.submitter?.hasAttribute("formaction") ? event.submitter : null;
    if (button && !this.isDirty) return;
    event.preventDefault();
    this.save({ goesOn: Boolean(button) }).then((done) => done && button && this.leave(() => this.form.requestSubmit(button)));
  }

  get isDirty() {
    return this.isTyped || isTouched(this.form);
  }

  changed() {
    if (!this.isDirty) {
      this.copy.erase();
      return this.tell("saved");
    }
    this.isKept = this.copy.keep({ fields: pairsOf(this.form) });
    return this.tell("unsaved");
  }

  /** Send the form; true when the server has it. `goesOn`: the page is left right after. */
  async save({ goesOn = false } = {}) {
    if (this.isSaving) return false;
    if (!this.isDirty) return this.sendAsPage();
    this.isSaving = true;
    this.tell("saving");
    const sent = pairsOf(this.form);
    const answer = await send(this.form, sent, this.sitting);
    this.isSaving = false;
    if (answer.kind === "saved") return this.accepted(sent, answer, goesOn);
    if (answer.kind === "conflict" || answer.status === FAULTY) return this.sendAsPage();
    this.tell(answer.kind, answer);
    return false;
  }

  accepted(sent, answer, goesOn) {
    const isSame = JSON.stringify(pairsOf(this.form)) === JSON.stringify(sent);
    if (answer.address && !isSame) return this.sendAsPage(); // a list is read anew before more is written in it
    if (answer.address || (this.isTyped && isSame && !goesOn)) {
      this.copy.erase();
      this.leave(() => location.assign(answer.address ?? this.form.action));
      return true;
    }
    this.isTyped = false;
    this.form.elements.version.value = answer.version;
    takeAsSaved(this.form, sent);
    this.changed();
    if (!this.isDirty) this.tell("saved", answer);
    return !this.isDirty;
  }

  /** The page that the server makes of it says what is wrong, or shows both texts. */
  sendAsPage() {
    this.handIn(this.copy.key);
    this.form.elements.csrfmiddlewaretoken.value = csrfToken(this.form);
    this.leave(() => this.form.submit());
    return false;
  }

  leave(go) {
    this.isLeaving = true;
    go();
  }

  tell(state, details = {}) {
    this.form.dataset.state = state;
    const text = {
      unsaved: () => word("unsaved"),
      saving: () => word("saving"),
      saved: () => (details.saved_at ? word("saved", { time: details.saved_at }) : word("all_saved")),
      unreachable: () => word(this.isKept ? "unreachable" : "unreachable_not_kept"),
      "signed-out": () => word("signed_out"),
      refused: () => word("refused", { reason: details.reason }),
      gone: () => word("gone"),
    }[state]();
    this.status.textContent = text;
    if (["unsaved", "saving"].includes(state)) return;
    if (state === "saved") return this.recovered();
    document.getElementById("samverkan-announcer").textContent = text;
    this.hasFailed = true;
    const again = actionButton(word("try_again"), () => this.save());
    this.notice.replaceChildren(alertOf(text, "danger", state === "signed-out" ? [signInLink(this.form), again] : [again]));
  }

  recovered() {
    if (!this.hasFailed) return;
    this.hasFailed = false;
    this.notice.replaceChildren();
    this.offerLeftBehind();
  }

  /** What an earlier page left behind is offered, never put in by itself. */
  offerLeftBehind() {
    const now = new Map(pairsOf(this.form));
    const isHere = (left) => [...typedIn(left.fields ?? [])].every(([name, value]) => (now.get(name) ?? "") === value);
    const found = this.copy.leftBehind();
    for (const same of found.filter(isHere)) this.copy.erase(same.key);
    const left = found.find((one) => !isHere(one));
    if (!left) return;
    this.notice.replaceChildren(alertOf(leftBehindWords(left), "warning", [
      actionButton(word("left_behind_take"), () => this.takeBack(left)),
      actionButton(word("left_behind_drop"), () => this.drop(left), "tertiary"),
    ]));
  }

  drop(left) {
    this.copy.erase(left.key);
    this.notice.replaceChildren();
    this.offerLeftBehind();
  }

  /** The server puts it into the form as that stands now; what was typed on an old version meets what came since. */
  takeBack(left) {
    const fields = [...left.fields, ["again", "1"], ["csrfmiddlewaretoken", csrfToken(this.form)]];
    const inputs = fields.map(([name, value]) => element("input", { type: "hidden", name, value }));
    const sent = element("form", { method: "post", action: this.form.action, hidden: true }, ...inputs);
    this.handIn(left.key);
    document.body.append(sent);
    this.isLeaving = this.isKept || !this.isDirty; // otherwise the browser asks before it goes
    sent.submit();
  }

  /** Which copy the next page is the answer to: it keeps its own, and then that one goes. */
  handIn(key) {
    try {
      sessionStorage.setItem(HANDED_IN, key);
    } catch {
      // Then the copy is offered once more.
    }
  }

  eraseHandedIn() {
    if (!this.form.hasAttribute("data-samverkan-answer")) return;
    try {
      const key = sessionStorage.getItem(HANDED_IN);
      if (key?.startsWith(this.copy.prefix) && (this.isKept || !this.isDirty)) this.copy.erase(key);
      sessionStorage.removeItem(HANDED_IN);
    } catch {
      // Nothing was kept.
    }
  }
}
