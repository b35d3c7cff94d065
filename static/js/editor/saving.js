// Sending a section's text to the server: soon after each pause, at most one at a time, never on an old version.

import { word } from "./words.js";

const PAUSE = 1500;
const PATIENCE = 10000;
const RETRY = 5000;
const ANSWER_WITHIN = 30000;
const KEEPALIVE_LIMIT = 60000;
const NOT_TAKEN = [400, 413];

/** One person's writing on one open page, and what of it was sent: a save whose answer was lost is known again by it. */
export class Sitting {
  constructor() {
    this.key = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    this.turn = 0;
  }

  next() {
    this.turn += 1;
    return { sitting: this.key, turn: this.turn };
  }
}

export function csrfToken(form) {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? form.querySelector('[name="csrfmiddlewaretoken"]').value;
}

/**
 * What the server answered to `fields` (an object, or pairs of name and value):
 * {kind: "saved" | "conflict" | "signed-out" | "refused" | "gone" | "unreachable", …}.
 */
export async function send(form, fields, sitting, keepalive = false) {
  const body = new URLSearchParams(fields);
  const facts = { person: document.body.dataset.samverkanUser, ...sitting.next() };
  for (const [name, value] of Object.entries(facts)) body.set(name, value);
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST", body, redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout?.(ANSWER_WITHIN),
      keepalive: keepalive && body.toString().length < KEEPALIVE_LIMIT,
      headers: { "X-CSRFToken": csrfToken(form), Accept: "application/json" },
    });
  } catch {
    return { kind: "unreachable" };
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) return { kind: "signed-out" };
  const told = await answer.json().catch(() => null);
  if (answer.ok && told?.version) return { kind: "saved", ...told };
  if (answer.status === 409 && told) return { kind: "conflict", ...told };
  if (answer.status === 403) return told?.reason ? { kind: "refused", reason: told.reason } : { kind: "signed-out" };
  if (answer.status === 404) return { kind: "gone" };
  if (NOT_TAKEN.includes(answer.status)) return { kind: "refused", reason: word("not_taken") };
  return { kind: "unreachable", status: answer.status };
}

const isSame = (one, other) => one.heading === other.heading && one.body === other.body;

/**
 * Saves what `read()` gives ({heading, body}) whenever it differs from what the server has.
 * `tell(state, details)` hears: "unsaved", "saving", "saved", "unreachable", "conflict", "signed-out", "refused", "gone".
 */
export class Saver {
  constructor({ form, read, copy, tell }) {
    Object.assign(this, { form, read, copy, tell });
    this.version = Number(form.dataset.version);
    this.sitting = new Sitting();
    this.saved = read();
    this.running = null;
    this.stopped = false;
    this.isUnsure = false; // whether the server has what was sent last
    this.timer = null;
    this.waitingSince = null;
  }

  get isDirty() {
    return this.isUnsure || !isSame(this.read(), this.saved);
  }

  /** Something was typed: keep it here at once, send it after a pause. */
  changed() {
    if (!this.isDirty) return this.isAsSaved();
    this.isKept = this.copy.keep({ ...this.read(), version: this.version });
    if (this.stopped) return;
    this.tell("unsaved", { isKept: this.isKept });
    this.waitingSince ??= Date.now();
    this.plan(Date.now() - this.waitingSince > PATIENCE ? 0 : PAUSE);
  }

  /** What was typed has been taken back again. */
  isAsSaved() {
    this.copy.erase();
    if (!this.stopped && !this.running) this.tell("saved", this.answer);
  }

  plan(delay) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), delay);
  }

  /** Send what is unsaved; true when the server now has everything. */
  async save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.stopped) return !this.isDirty;
    if (!this.isDirty) return true;
    this.running = this.attempt(keepalive);
    const done = await this.running;
    this.running = null;
    return done;
  }

  async attempt(keepalive) {
    const text = this.read();
    this.waitingSince = null;
    this.tell("saving");
    const answer = await send(this.form, this.fields(text), this.sitting, keepalive);
    if (answer.kind === "saved") return this.accepted(text, answer);
    if (answer.kind === "unreachable") this.tryAgain();
    else this.stopped = true;
    const last = answer.kind === "conflict" ? await this.handOver(text, answer) : answer;
    this.tell(last.kind, { ...last, isKept: this.isKept });
    return false;
  }

  /** A field of a sheet says what it was before: others save the same sheet, and few of them the same field. */
  fields(text) {
    const base = this.form.hasAttribute("data-samverkan-base") ? { base: this.saved.body } : {};
    return { ...text, ...base, version: this.version };
  }

  /** The text may have come to the server all the same. */
  tryAgain() {
    this.isUnsure = true;
    this.isKept = this.copy.keep({ ...this.read(), version: this.version });
    this.plan(RETRY);
  }

  /** The server keeps a text that came too late; what was typed meanwhile goes after it, until nothing was. */
  async handOver(text, answer) {
    let [sent, last] = [text, answer];
    while (!isSame(sent, this.read())) {
      const now = this.read();
      const next = await send(this.form, this.fields(now), this.sitting);
      if (next.kind !== "conflict") return last; // it stays here, and is offered when the section is opened again
      [sent, last] = [now, next];
    }
    this.saved = sent;
    this.isUnsure = false;
    this.copy.erase();
    return last;
  }

  accepted(text, answer) {
    this.version = answer.version;
    this.form.dataset.version = answer.version;
    this.saved = text;
    this.answer = answer;
    this.isUnsure = false;
    if (this.isDirty) {
      this.changed();
    } else {
      this.copy.erase();
      this.tell("saved", answer);
    }
    return !this.isDirty;
  }

  /** Go on after signing in again in another tab. */
  resume() {
    this.stopped = false;
    this.plan(0);
  }

  /** Go on with another text, written on that version: no later state of what was written here before. */
  beginFrom(version) {
    this.version = version;
    this.sitting = new Sitting();
    this.resume();
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }
}
