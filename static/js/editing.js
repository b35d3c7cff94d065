// The outline beside the editor: which section is open, also when an address names one.

const sections = () => document.getElementById("disposition");
const isNarrow = () => matchMedia("(max-width: 63.99rem)").matches;

function markOpen(link) {
  for (const other of sections().querySelectorAll("a[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

document.addEventListener("htmx:afterSwap", (event) => {
  const link = event.detail.requestConfig?.elt;
  if (!link?.matches?.("#disposition a")) return;
  markOpen(link);
  if (isNarrow()) sections().querySelector("details").open = false;
});

if (sections() && isNarrow()) sections().querySelector("details").open = false;

// An address such as #avsnitt-… opens that section, where the server could not know of it.
const wantedSection = /^#avsnitt-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
if (wantedSection && new URLSearchParams(location.search).get("avsnitt") !== wantedSection) {
  addEventListener("load", () => document.querySelector(`#avsnitt-${wantedSection} > a`)?.click());
}
