// What stands in a line: footnotes, links, the language of a passage. Shown here, written by write.js.

import { Mark, Node } from "@tiptap/core";
import Bold from "@tiptap/extension-bold";
import HardBreak from "@tiptap/extension-hard-break";
import Italic from "@tiptap/extension-italic";
import Link from "@tiptap/extension-link";
import { cleanNote } from "./clean.js";
import { element } from "./elements.js";
import { parseQuietly } from "./quiet.js";
import { word } from "./words.js";

/** The words of a note's HTML, for the eye and the ear while editing. */
export function plainText(html) {
  const holder = parseQuietly(html);
  return [...holder.children].map((child) => child.textContent.trim()).join(" ") || holder.textContent.trim();
}

export const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  addAttributes() {
    return { note: { default: "", parseHTML: (sup) => cleanNote(sup.getAttribute("data-note")) } };
  },
  parseHTML() {
    return [{ tag: "sup[data-note]" }];
  },
  // The number is drawn by CSS counters; no role, and the text hidden beside it, so that screen readers say it.
  renderHTML({ node }) {
    const label = word("footnote_says", { text: plainText(node.attrs.note) });
    return ["sup", { class: "footnote-mark", "data-note": node.attrs.note, title: label }, ["span", { class: "ds-sr-only" }, label]];
  },
});

export const Language = Mark.create({
  name: "language",
  addAttributes() {
    return { lang: { default: null, parseHTML: (span) => span.getAttribute("lang") } };
  },
  parseHTML() {
    return [{ tag: "span[lang]" }];
  },
  renderHTML({ mark }) {
    return ["span", { lang: mark.attrs.lang, class: "language-mark" }, 0];
  },
});

export const PROTOCOLS = ["http:", "https:", "mailto:", "tel:"];

/** Is this an address that the document may hold? */
export function isAllowedAddress(address) {
  try {
    return PROTOCOLS.includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

const PlainLink = Link.extend({
  inclusive: false,
  addAttributes() {
    return { href: { default: null, parseHTML: (a) => a.getAttribute("href") } };
  },
}).configure({
  openOnClick: false,
  autolink: false,
  linkOnPaste: true,
  HTMLAttributes: { target: null, rel: null },
  isAllowedUri: (address) => isAllowedAddress(address),
});

export const inlineOnly = [Italic, Language, Footnote];
export const inlineAll = [PlainLink, Language, Bold, Italic, HardBreak];
export const inlineWithNotes = [...inlineAll, Footnote];

/** A table as it is stored, to be looked at. */
export function storedElement(html) {
  return document.adoptNode(parseQuietly(html).firstElementChild);
}

/** An element that holds inline HTML which the server has sanitised, as it looks outside of an editor. */
export function inlineElement(name, html, className) {
  const holder = element(name, { class: className });
  holder.append(...parseQuietly(html).childNodes);
  for (const mark of holder.querySelectorAll("sup[data-note]")) mark.classList.add("footnote-mark");
  return holder;
}
