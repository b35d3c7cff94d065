// Where what is pasted meets the text: a heading, a list or a table stands by itself, a paragraph goes on in the line,
// and never are two words glued. Undo takes the paste back in one step, and nothing that was typed with it.

import { closeHistory } from "@tiptap/pm/history";
import { Fragment, Slice } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import { __pastedCells as pastedCells, CellSelection, selectionCell, TableMap } from "@tiptap/pm/tables";

const OPENING = /[\s([{“‘«/\-–—\u2011]$|(?:^|[\s([])["”']$/; // after these, words go on without a space
const CLOSING = /^[\s,.;:!?)\]}’»%/]/;

/** Paste `slice`, put right for where the caret stands; false when it is right as it is. */
export function joinPasted(view, event, slice) {
  closeStep(view);
  Promise.resolve().then(() => closeStep(view));
  const html = event.clipboardData?.getData("text/html") ?? "";
  const isOurs = html.includes("data-pm-slice");
  const { state } = view;
  const joined = meeting(state, slice, Boolean(html) && !isOurs);
  if (joined === slice) return false;
  const tr = state.tr.setSelection(withoutSpaces(state.selection, joined));
  view.dispatch(tr.replaceSelection(joined).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
  return true;
}

/** What comes next is a step of its own for undo. */
function closeStep(view) {
  if (!view.isDestroyed) view.dispatch(closeHistory(view.state.tr));
}

/** The selection with the spaces beside it that would begin or end a line. */
function withoutSpaces({ $from, $to }, { openStart, openEnd }) {
  const before = openStart ? "" : /\s*$/.exec(lineText($from.parent, 0, $from.parentOffset))[0];
  const after = openEnd ? "" : /^\s*/.exec(lineText($to.parent, $to.parentOffset))[0];
  return TextSelection.create($from.doc, $from.pos - before.length, $to.pos + after.length);
}

/** `isWhole`: a single paragraph is one, and not a piece of one; other programs copy a piece without its paragraph. */
function meeting(state, slice, isWhole) {
  const { selection } = state;
  const { $from, $to } = selection;
  if (selection instanceof CellSelection || !$from.parent.isTextblock || !slice.content.firstChild?.isBlock) return slice;
  if (slice.content.childCount === 1 && slice.content.firstChild.isTextblock && !isWhole) return slice;
  const isInCell = isWithin($from, "table");
  if (isInCell && pastedCells(slice) && !overwrites(state, slice)) return slice;
  const fitting = isInCell ? new Slice(Fragment.from(forCell(slice.content, state.schema)), slice.openStart, slice.openEnd) : slice;
  const { firstChild: first, lastChild: last } = fitting.content;
  if (!first) return slice;
  const before = lineText($from.parent, 0, $from.parentOffset);
  const after = lineText($to.parent, $to.parentOffset);
  const goesOn = slice.openStart > 0 && isParagraph(slice.content.firstChild);
  const isGoneOn = slice.openEnd > 0 && isParagraph(slice.content.lastChild);
  const gapBefore = goesOn && isGap(before, lineText(first));
  const gapAfter = isGoneOn && isGap(lineText(last), after);
  const openStart = Math.min(fitting.openStart, goesOn || !before ? depthOf(first, "firstChild") : 0);
  const openEnd = Math.min(fitting.openEnd, isGoneOn || !after ? depthOf(last, "lastChild") : 0);
  // The items of a list go on in the list that they are pasted into.
  if (before && fitting.content.childCount === 1 && isList(first) && isWithin($from, "listItem")) return new Slice(first.content, 0, Math.max(0, openEnd - 1));
  const isSame = fitting === slice && !gapBefore && !gapAfter && openStart === slice.openStart && openEnd === slice.openEnd;
  return isSame ? slice : new Slice(spaced(fitting.content, gapBefore, gapAfter, state.schema), openStart, openEnd);
}

const isParagraph = (node) => node.type.name === "paragraph";
const isList = (node) => ["bulletList", "orderedList"].includes(node.type.name);

function isWithin($position, name) {
  for (let depth = $position.depth; depth > 0; depth -= 1) if ($position.node(depth).type.name === name) return true;
  return false;
}

/** The words of a line; a note is a sign that is no space. */
function lineText(block, from = 0, to = block.content.size) {
  return block.textBetween(from, to, null, (leaf) => (leaf.type.name === "hardBreak" ? "\n" : "\ufffc"));
}

function isGap(before, after) {
  return Boolean(before && after) && !OPENING.test(before) && !CLOSING.test(after);
}

/** How deep a node can be open at one of its ends. */
function depthOf(node, end) {
  let depth = 0;
  for (let inner = node; inner && !inner.isText && !inner.isAtom; inner = inner[end]) depth += 1;
  return depth;
}

function spaced(content, isBefore, isAfter, schema) {
  const space = Fragment.from(schema.text(" "));
  let made = content;
  if (isBefore) made = made.replaceChild(0, made.firstChild.copy(space.append(made.firstChild.content)));
  if (isAfter) made = made.replaceChild(made.childCount - 1, made.lastChild.copy(made.lastChild.content.append(space)));
  return made;
}

/** Whether cells pasted into the table would take the place of cells that hold something. */
function overwrites(state, slice) {
  const { width, height } = pastedCells(slice);
  const $cell = selectionCell(state);
  const table = $cell.node(-1);
  const map = TableMap.get(table);
  const { left, top } = map.findCell($cell.pos - $cell.start(-1));
  const area = { left, top, right: Math.min(left + width, map.width), bottom: Math.min(top + height, map.height) };
  return map.cellsInRect(area).some((position) => !isEmpty(table.nodeAt(position)));
}

const isEmpty = (cell) => !cell.textBetween(0, cell.content.size, "", "\ufffc").trim();

/** Blocks as a cell may hold them: lists stay, everything else is paragraphs. */
function forCell(content, schema) {
  const made = [];
  content.forEach((block) => {
    if (isParagraph(block) || isList(block)) made.push(block);
    else if (block.isTextblock) made.push(schema.nodes.paragraph.create(null, block.content));
    else made.push(...forCell(block.content, schema));
  });
  return made;
}
