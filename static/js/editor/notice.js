// What stands above a text when something has to be said of it, and what can be done about it.

import { element } from "./elements.js";
import { word } from "./words.js";

export function alertOf(text, tone, actions = []) {
  const alert = element("div", { class: "ds-alert", "data-color": tone }, element("p", {}, text));
  if (actions.length) alert.append(element("div", { class: "cluster" }, ...actions));
  return alert;
}

export function actionButton(label, run, variant = "secondary") {
  const made = element("button", { class: "ds-button", type: "button", "data-variant": variant }, label);
  made.addEventListener("click", run);
  return made;
}

/** To sign in in another tab, and then come back here. */
export function signInLink(form) {
  const next = encodeURIComponent(location.pathname + location.search);
  return element("a", { href: `${form.dataset.signInUrl}?next=${next}`, class: "ds-button", target: "_blank", rel: "opener" }, word("sign_in"));
}

/** A text that never reached the server, said with the time when it was written. */
export function leftBehindWords(left) {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(left.at);
  return word("left_behind", { time });
}
