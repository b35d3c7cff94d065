// Sending a section's text to the server: soon after each pause, at most one at a time, never on an old version.

const PAUSE = 1500;
const PATIENCE = 10000;
const RETRY = 5000;
const KEEPALIVE_LIMIT = 60000;

export function csrfToken(form) {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? form.querySelector('[name="csrfmiddlewaretoken"]').value;
}

/**
 * What the server answered to `fields` (an object, or pairs of name and value):
 * {kind: "saved" | "conflict" | "signed-out" | "refused" | "gone" | "unreachable", …}.
 */
export async function send(form, fields, keepalive = false) {
  const body = new URLSearchParams(fields);
  body.set("person", document.body.dataset.samverkanUser);
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST", body, redirect: "manual", credentials: "same-origin",
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
  return { kind: "unreachable", status: answer.status };
}

/**
 * Saves what `read()` gives ({heading, body}) whenever it differs from what the server has.
 * `tell(state, details)` hears: "unsaved", "saving", "saved", "unreachable", "conflict", "signed-out", "refused", "gone".
 */
export class Saver {
  constructor({ form, read, copy, tell }) {
    Object.assign(this, { form, read, copy, tell });
    this.version = Number(form.dataset.version);
    this.saved = read();
    this.running = null;
    this.stopped = false;
    this.timer = null;
    this.waitingSince = null;
  }

  get isDirty() {
    const now = this.read();
    return now.heading !== this.saved.heading || now.body !== this.saved.body;
  }

  /** Something was typed: keep it here at once, send it after a pause. */
  changed() {
    if (!this.isDirty) return;
    this.isKept = this.copy.keep({ ...this.read(), version: this.version });
    if (this.stopped) return;
    this.tell("unsaved", { isKept: this.isKept });
    this.waitingSince ??= Date.now();
    this.plan(Date.now() - this.waitingSince > PATIENCE ? 0 : PAUSE);
  }

  plan(delay) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), delay);
  }

  /** Send what is unsaved; true when the server now has everything. */
  async save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    if (this.running) await this.running;
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
    const answer = await send(this.form, { ...text, version: this.version }, keepalive);
    if (answer.kind === "saved") return this.accepted(text, answer);
    if (answer.kind === "unreachable") this.plan(RETRY);
    else this.stopped = true;
    // The server keeps a text that came too late; what was typed meanwhile is still here and goes after it.
    if (answer.kind === "conflict" && await this.sendRest(text)) this.copy.erase();
    this.tell(answer.kind, { ...answer, isKept: this.isKept });
    return false;
  }

  accepted(text, answer) {
    this.version = answer.version;
    this.form.dataset.version = answer.version;
    this.saved = text;
    if (this.isDirty) {
      this.changed();
    } else {
      this.copy.erase();
      this.tell("saved", answer);
    }
    return !this.isDirty;
  }

  async sendRest(text) {
    const now = this.read();
    if (now.heading === text.heading && now.body === text.body) return true;
    const answer = await send(this.form, { ...now, version: this.version }, false);
    return answer.kind === "conflict";
  }

  /** Go on after signing in again in another tab, or on a text that was left behind. */
  resume(version = this.version) {
    this.version = version;
    this.stopped = false;
    this.plan(0);
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }
}
