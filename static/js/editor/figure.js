// A figure: the picture by its hash, alternative text, caption, source, and a table of its values when there is one.
// It is one unit in the text; all of it is changed in its dialog (figure_dialog.js).

import { Node } from "@tiptap/core";
import { cleanLine, cleanTable } from "./clean.js";
import { element } from "./elements.js";
import { inlineElement, storedElement } from "./inline.js";
import { word } from "./words.js";

const part = (figure, selector) => figure.querySelector(`:scope > ${selector}`);

export const Figure = Node.create({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,
  addOptions() {
    return { pictureAddress: (asset) => asset };
  },
  addAttributes() {
    const written = (name) => ({ default: "", parseHTML: (figure) => figure.getAttribute(name) ?? "" });
    const stored = (selector, clean) => ({ default: "", parseHTML: (figure) => (part(figure, selector) ? clean(part(figure, selector)) : "") });
    return {
      asset: written("data-asset"),
      alt: written("data-alt"),
      source: written("data-source"),
      caption: stored("figcaption", cleanLine),
      table: stored("table", cleanTable),
    };
  },
  parseHTML() {
    return [{ tag: "figure[data-asset]" }];
  },
  renderHTML({ node }) {
    const { asset, alt, source, caption, table } = node.attrs;
    const figure = element("figure", { class: "figure-node", "data-asset": asset, "data-alt": alt, "data-source": source });
    figure.append(element("img", { src: this.options.pictureAddress(asset), alt }));
    if (caption) figure.append(inlineElement("figcaption", caption, "figure-node__caption"));
    if (source) figure.append(element("p", { class: "figure-node__source" }, word("figure_source_is", { source })));
    if (!alt) figure.append(element("p", { class: "figure-node__missing" }, word("figure_alt_missing")));
    if (table) figure.append(storedElement(table));
    return { dom: figure };
  },
});
