// Small behaviours, hung on data-samverkan-… attributes. Every page works without this file.

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

// The main menu on a phone.
for (const button of document.querySelectorAll("[data-samverkan-menu-button]")) {
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => {
    const open = menu.toggleAttribute("data-open");
    button.setAttribute("aria-expanded", String(open));
  });
}

// Drop-downs made of <details>: closed by Escape and by going elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details[data-samverkan-dropdown][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("focusin", closeOtherDropdowns);
document.addEventListener("pointerdown", closeOtherDropdowns);

function closeOtherDropdowns(event) {
  for (const open of document.querySelectorAll("details[data-samverkan-dropdown][open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
}

// Light, dark, or as the device says.
for (const field of document.querySelectorAll("[data-samverkan-scheme]")) {
  field.hidden = false;
  const chosen = document.documentElement.dataset.colorScheme;
  for (const choice of field.querySelectorAll("input")) choice.checked = choice.value === chosen;
  field.addEventListener("change", (event) => {
    document.documentElement.dataset.colorScheme = event.target.value;
    store("samverkan-scheme", event.target.value);
  });
}

// Signing out erases the texts that the editor kept for this person (editor/safety.js); those that were never saved, in
// another tab or on an earlier day, only when the person says so.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-samverkan-sign-out]")) return;
  const mine = `samverkan-text:${document.body.dataset.samverkanUser}:`;
  const isAsked = form.dataset.samverkanAsked === "yes";
  delete form.dataset.samverkanAsked;
  try {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(mine));
    if (kept.length && !isAsked && !confirm(form.dataset.samverkanSignOut)) return event.preventDefault();
    for (const key of kept) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
});

// One click, one request: a form is sent once, and may be sent again when one comes back to the page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-samverkan-again")) return;
  if (form.hasAttribute("data-samverkan-sent")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-samverkan-sent", "");
  // A disabled button would not be sent along, so it is only marked.
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
});
for (const comeBack of ["pageshow", "htmx:afterRequest"]) {
  window.addEventListener(comeBack, () => {
    for (const form of document.querySelectorAll("[data-samverkan-sent]")) {
      form.removeAttribute("data-samverkan-sent");
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
  });
}

// What is sent again after signing in in another tab needs the token of now.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-samverkan-fresh]")) return;
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (token) event.target.elements.csrfmiddlewaretoken.value = token;
});

// Long work shows that it is going on: a link to something that is made first, such as a PDF.
const PATIENCE = 15000;
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-samverkan-slow]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  link.setAttribute("aria-busy", "true");
  const done = () => link.removeAttribute("aria-busy");
  setTimeout(done, PATIENCE);
  window.addEventListener("blur", done, { once: true });
  window.addEventListener("pageshow", done, { once: true });
});

// A button that says why not: it can be reached and read, and does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('[aria-disabled="true"]')) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// Filters send themselves; without htmx their button is there.
for (const form of document.querySelectorAll("form[data-samverkan-filter]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// The outline of a document: marks where one is; on a phone it is closed until asked for, and when a heading is chosen.
const outline = document.querySelector("[data-samverkan-outline]");
if (outline) {
  const onPhone = matchMedia("(max-width: 63.99rem)");
  const list = outline.querySelector("details");
  if (onPhone.matches && list) list.open = false;
  const links = new Map();
  for (const link of outline.querySelectorAll('a[href^="#"]')) links.set(decodeURIComponent(link.hash.slice(1)), link);
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -75% 0px" });
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading) seen.observe(heading);
  }
  outline.addEventListener("click", (event) => {
    if (event.target.closest("a") && onPhone.matches && list) list.open = false;
  });
}

// Example accounts on the sign-in page of the demo.
for (const button of document.querySelectorAll("[data-samverkan-sign-in-as]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const form = document.querySelector("[data-samverkan-sign-in]");
    form.querySelector('[name="login"]').value = button.dataset.samverkanSignInAs;
    form.querySelector('[name="password"]').value = button.dataset.samverkanPassword;
    form.requestSubmit();
  });
}

// What was asked for with htmx and failed is said aloud and shown.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    const announcer = document.getElementById("samverkan-announcer");
    announcer.className = "ds-alert announcer";
    announcer.dataset.color = "danger";
    announcer.textContent = announcer.dataset.failure;
  });
}
