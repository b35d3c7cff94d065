// Pages with forms that are saved as a whole (sheets, registers): nothing typed in them gets lost on the way.

import { word } from "../editor/words.js";
import { KeptForm } from "./kept_form.js";

const kept = [...document.querySelectorAll("form[data-samverkan-kept]")].map((form) => new KeptForm(form));

// Coming back from signing in in another tab.
addEventListener("focus", () => {
  for (const one of kept) if (one.form.dataset.state === "signed-out") one.save();
});
addEventListener("beforeunload", (event) => {
  if (kept.some((one) => one.isDirty && !one.isLeaving)) event.preventDefault();
});
addEventListener("pageshow", () => {
  for (const one of kept) one.isLeaving = false;
});

// What else is sent from here is met by the form as it stands: it is saved first. Signing out erases what is kept.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const unsaved = kept.filter((one) => one.form !== form && one.isDirty);
  if (form.method !== "post" || form.dataset.samverkanGoesOn || !unsaved.length) return;
  if (form.matches("[data-samverkan-sign-out]") && confirm(word("sign_out_unsaved"))) {
    form.dataset.samverkanAsked = "yes";
    return leaveAll();
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.matches("[data-samverkan-sign-out]")) return;
  Promise.all(unsaved.map((one) => one.save({ goesOn: true }))).then((done) => {
    if (!done.every(Boolean)) return;
    leaveAll();
    form.dataset.samverkanGoesOn = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.samverkanGoesOn;
  });
}, true);

function leaveAll() {
  for (const one of kept) one.isLeaving = true;
}
