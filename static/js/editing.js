// The outline beside the editor: which section is open, also when an address names one.

const outline = () => document.getElementById("disposition");

function mark(link) {
  for (const other of outline().querySelectorAll("a[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

document.addEventListener("htmx:afterSwap", (event) => {
  const link = event.detail.requestConfig?.elt;
  if (!link?.matches?.("#disposition a")) return;
  mark(link);
  if (matchMedia("(max-width: 63.99rem)").matches) outline().querySelector("details").open = false;
});

if (outline() && matchMedia("(max-width: 63.99rem)").matches) outline().querySelector("details").open = false;

// An address such as #avsnitt-… opens that section, where the server could not know of it.
const wanted = /^#avsnitt-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
if (wanted && new URLSearchParams(location.search).get("avsnitt") !== wanted) {
  addEventListener("load", () => document.querySelector(`#avsnitt-${wanted} > a`)?.click());
}
