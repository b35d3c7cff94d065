// The fields of a form as the server compares them: each beside what it held when the page was opened (Django's
// hidden initials).

const INITIAL = "initial-";
const TOKEN = "csrfmiddlewaretoken";

/** [name, value] of all that a browser would send, but for the token and what only belongs to a button below the form. */
export function pairsOf(form) {
  const outside = new Set([...form.elements].filter((one) => !form.contains(one)).map((one) => one.name));
  return [...new FormData(form)].filter(([name]) => name !== TOKEN && !outside.has(name)).map(([name, value]) => [name, asSent(value)]);
}

/** A browser that sends a form ends its lines so. */
function asSent(value) {
  return value.replace(/\r?\n/g, "\r\n");
}

/** What was typed, of pairs that may come from an earlier page: a map of name and value. */
export function typedIn(pairs) {
  const sent = new Map(pairs);
  const found = new Map();
  for (const [name, initial] of pairs) {
    if (!name.startsWith(INITIAL)) continue;
    const own = name.slice(INITIAL.length);
    const [before, now] = [initial, sent.get(own) ?? ""].map((value) => ({ True: "on", False: "" })[value] ?? asSent(value));
    if (before !== now) found.set(own, now);
  }
  return found;
}

function controls(form) {
  const own = [...form.elements].filter((one) => one.name && form.contains(one));
  return own.filter((one) => one.type !== "hidden" && one.matches("input, textarea, select"));
}

/** Whether somebody has typed, ticked or chosen anything, whatever the browser has filled in again by itself. */
export function isTouched(form) {
  return controls(form).some((one) => {
    if (one.type === "checkbox") return one.checked !== one.defaultChecked;
    if (one.matches("select")) return one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
    return one.value !== one.defaultValue;
  });
}

/** What `pairs` say stands at the server now: only what is typed from here on is typed. */
export function takeAsSaved(form, pairs) {
  const saved = new Map(pairs);
  for (const one of controls(form)) {
    const value = (saved.get(one.name) ?? "").replace(/\r\n/g, "\n");
    const initial = form.elements[`${INITIAL}${one.name}`];
    if (one.type === "checkbox") {
      one.defaultChecked = saved.has(one.name);
      if (initial) initial.value = saved.has(one.name) ? "True" : "False";
      continue;
    }
    if (one.matches("select")) for (const option of one.options) option.defaultSelected = option.value === value;
    else one.defaultValue = value;
    if (initial) initial.value = value;
  }
}
