// Lists: an item is a paragraph, then paragraphs and lists; a numbered one may begin at any number.

import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";

const ITEM = "paragraph (paragraph | bulletList | orderedList)*";

const Item = ListItem.extend({
  content: ITEM,
  addKeyboardShortcuts() {
    const atStart = () => {
      const { empty, $from } = this.editor.state.selection;
      return empty && $from.parentOffset === 0;
    };
    // Tab indents at the start of an item only; elsewhere it goes on, as everywhere else on the page.
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => atStart() && this.editor.commands.sinkListItem(this.name),
      "Shift-Tab": () => atStart() && this.editor.commands.liftListItem(this.name),
    };
  },
});

const Numbered = OrderedList.extend({
  addAttributes() {
    return { start: { default: 1, parseHTML: (ol) => Number.parseInt(ol.getAttribute("start"), 10) || 1 } };
  },
});

export const listNodes = [BulletList, Numbered, Item, ListKeymap];
