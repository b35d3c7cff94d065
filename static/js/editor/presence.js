// Who else has the section open: asked every ten seconds while the page is looked at.

import { csrfToken } from "./saving.js";

const EVERY = 10000;

/** `tell(others)` gets a list of names. Returns a function that stops asking. */
export function watchPresence(form, tell) {
  async function ping() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(form.dataset.presenceUrl, {
        method: "POST", redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": csrfToken(form), Accept: "application/json" },
      });
      if (answer.ok) tell((await answer.json()).others);
    } catch {
      // The status line says when the connection is gone.
    }
  }
  const timer = setInterval(ping, EVERY);
  ping();
  return () => clearInterval(timer);
}
