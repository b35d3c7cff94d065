// What Word puts on the clipboard, made into plain structure: real lists, one level of heading, footnotes as notes.
// Formatting is dropped by the schema afterwards; here only what would otherwise lose its meaning is rebuilt.

import { parseQuietly } from "./quiet.js";
import { shapeTables } from "./table_paste.js";

const NUMBER = /^\(?(\d{1,3}|[a-zåäö]{1,2}|[ivxlc]{1,6})[.)]/i;
const ITEM = '[data-style*="mso-list"]:not(span, h1, h2, h3, h4, h5, h6)';
const OF_LIST = /mso-list:\s*l\d/; // "mso-list:none" says that it is in none
const MARKER = '[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]';
const MARK = /^\s*(?:\[[^\]\s]{1,12}\]|\w{1,5})?\s*$/; // what a note or a comment has in the text: "[1]", "1", "[SN1]"
const RAISED = ["0123456789+-−–=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾"];
const LOWERED = ["0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎"];

/** Clean the clipboard's HTML. `lost` hears of what cannot come along: {pictures: [their addresses], comments: how many}. */
export function cleanPasted(html, lost = () => {}) {
  const body = parseQuietly(html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/g, "").replace(/<!\[(if|endif)[^>]*>/g, ""));
  for (const junk of body.querySelectorAll("style, script, meta, link, xml, title")) junk.remove();
  const isWord = /mso-|class="?Mso|urn:schemas-microsoft-com/.test(html);
  const comments = dropComments(body);
  liftNotes(body);
  wordLists(body);
  webLists(body);
  // Word marks the language of every piece for its spelling checker; that is not the author's word.
  if (isWord) for (const marked of body.querySelectorAll("[lang]")) marked.removeAttribute("lang");
  for (const filler of body.querySelectorAll("o\\:p")) if (!filler.textContent.trim()) filler.remove();
  if (!isWord) emphasis(body);
  for (const marker of body.querySelectorAll(`:is(h1, h2, h3, h4, h5, h6) :is(${MARKER})`)) marker.remove();
  for (const heading of body.querySelectorAll(":is(td, th, li) :is(h1, h2, h3, h4, h5, h6)")) wrapInside(rename(heading, "p"), "strong");
  shapeTables(body);
  for (const heading of body.querySelectorAll("h1, h2, h3, h5, h6, p.MsoTitle, p.MsoSubtitle, p.MsoHeading7, p.MsoHeading8, p.MsoHeading9")) rename(heading, "h4");
  for (const boldHeading of body.querySelectorAll("h4 :is(b, strong)")) boldHeading.replaceWith(...boldHeading.childNodes);
  for (const gap of body.querySelectorAll('[data-style*="mso-tab-count"], [data-style*="mso-spacerun"]')) gap.replaceWith(" ");
  raise(body, "sup:not([data-note])", RAISED);
  raise(body, "sub", LOWERED);
  const pictures = [...body.querySelectorAll("img")].filter((picture) => !picture.closest("figure[data-asset]"));
  for (const picture of pictures) picture.remove();
  lost({ pictures: pictures.map((picture) => picture.getAttribute("src") ?? ""), comments });
  for (const styled of body.querySelectorAll("[data-style]")) styled.removeAttribute("data-style");
  return body.innerHTML;
}

/** Other programs say bold and italic in style alone, and some wrap everything in a <b> that is not bold. */
function emphasis(body) {
  for (const wrapper of body.querySelectorAll('b[data-style*="font-weight:normal"], b[data-style*="font-weight: normal"]')) wrapper.replaceWith(...wrapper.childNodes);
  for (const span of body.querySelectorAll("span[data-style]")) {
    const { style } = span.dataset;
    if (/font-style:\s*italic/.test(style)) wrapInside(span, "em");
    if (/font-weight:\s*(bold|[6-9]00)/.test(style)) wrapInside(span, "strong");
  }
}

function wrapInside(holder, name) {
  const wrapped = holder.ownerDocument.createElement(name);
  wrapped.append(...holder.childNodes);
  holder.append(wrapped);
}

function rename(old, name) {
  const renamed = old.ownerDocument.createElement(name);
  renamed.append(...old.childNodes);
  old.replaceWith(renamed);
  return renamed;
}

/** Raised and lowered digits and signs as Unicode has them: "m²", "CO₂". What it has none for stays on the line. */
function raise(body, selector, [plain, placed]) {
  for (const holder of body.querySelectorAll(selector)) {
    const text = holder.textContent;
    if (!text.trim() || [...text].some((sign) => /[\p{L}\p{N}]/u.test(sign) && !plain.includes(sign))) continue;
    holder.textContent = [...text].map((sign) => placed[plain.indexOf(sign)] ?? sign).join("");
  }
}

/** Comments are the margin's: their marks in the text lead nowhere, and their words stand at its end. How many there were. */
function dropComments(body) {
  const texts = body.querySelectorAll('[data-style*="mso-element:comment"]:not([data-style*="comment-list"])');
  const marks = body.querySelectorAll('.MsoCommentReference, a.msocomanchor, a[href^="#_msocom"], a[href^="#_msoanchor"]');
  const count = Math.max(texts.length, body.querySelectorAll('a[href^="#_msocom"]').length);
  for (const rest of body.querySelectorAll('[data-style*="mso-element:comment"], hr.msocomoff')) rest.remove();
  for (const mark of marks) if (MARK.test(mark.textContent)) mark.remove();
  return count;
}

/** Footnotes: their text stands at the end; it goes into the mark that refers to it. */
function liftNotes(body) {
  for (const mark of body.querySelectorAll('a[href^="#_ftn"], a[href^="#_edn"]')) {
    const target = mark.getAttribute("href").slice(1);
    if (target.startsWith("_ftnref") || target.startsWith("_ednref")) continue;
    const back = body.querySelector(`a[name="${CSS.escape(target)}"], a#${CSS.escape(target)}`);
    const holder = back?.closest('[data-style*="mso-element:footnote"], [data-style*="mso-element:endnote"], [id^="ftn"], [id^="edn"]') ?? back?.closest("p");
    if (!holder) {
      if (MARK.test(mark.textContent)) mark.remove();
      continue;
    }
    const copy = holder.cloneNode(true);
    for (const number of copy.querySelectorAll('a[href^="#_ftnref"], a[href^="#_ednref"]')) number.remove();
    const note = copy.localName === "p" ? copy.outerHTML : copy.innerHTML;
    const sup = body.ownerDocument.createElement("sup");
    sup.setAttribute("data-note", note);
    sup.dataset.lifted = "";
    mark.replaceWith(sup);
    holder.dataset.liftedNote = "";
  }
  for (const holder of body.querySelectorAll("[data-lifted-note]")) holder.remove();
  for (const rest of body.querySelectorAll('[data-style*="mso-element:footnote-list"], [data-style*="mso-element:endnote-list"]')) {
    if (!rest.textContent.trim()) rest.remove();
  }
}

/** Runs of Word's list paragraphs become lists. Each says its level and its number in its style. */
function wordLists(body) {
  for (const first of [...body.querySelectorAll(ITEM)].filter(isItem)) {
    if (!first.isConnected || first.closest("[data-listed]")) continue;
    const run = [first];
    while (isItem(run.at(-1).nextElementSibling) && onlySpaceBetween(run.at(-1))) run.push(run.at(-1).nextElementSibling);
    const place = body.ownerDocument.createElement("div");
    first.before(place);
    place.replaceWith(...nested(run.map(wordItem)));
    for (const paragraph of run) paragraph.remove();
  }
  for (const list of body.querySelectorAll("[data-listed]")) list.removeAttribute("data-listed");
}

const isItem = (element) => Boolean(element?.matches(ITEM)) && OF_LIST.test(element.dataset.style);

function onlySpaceBetween(paragraph) {
  for (let node = paragraph.nextSibling; node && node.nodeType !== Node.ELEMENT_NODE; node = node.nextSibling) {
    if (node.nodeType === Node.TEXT_NODE && node.textContent.trim()) return false;
  }
  return true;
}

function wordItem(paragraph) {
  const style = paragraph.dataset.style;
  const level = Number(/level(\d)/.exec(style)?.[1] ?? 1);
  const ignored = paragraph.querySelector(MARKER);
  const marker = (ignored?.textContent ?? "").trim();
  let outer = ignored;
  while (outer && outer.parentElement !== paragraph && outer.parentElement.textContent.trim() === marker) outer = outer.parentElement;
  outer?.remove();
  const number = NUMBER.exec(marker);
  const item = paragraph.ownerDocument.createElement("p");
  item.append(...paragraph.childNodes);
  return { level, isOrdered: Boolean(number), start: number ? Number.parseInt(number[1], 10) || 1 : 1, item };
}

/** Word on the web writes every item as a list of its own, with its level beside. */
function webLists(body) {
  const wrappers = [...body.querySelectorAll(".ListContainerWrapper")];
  for (const first of wrappers) {
    if (!first.isConnected) continue;
    const run = [first];
    while (run.at(-1).nextElementSibling?.matches(".ListContainerWrapper")) run.push(run.at(-1).nextElementSibling);
    const items = run.flatMap((wrapper) => [...wrapper.querySelectorAll("li")]).map((li) => {
      const list = li.closest("ul, ol");
      const item = li.ownerDocument.createElement("p");
      item.append(...[...li.childNodes].flatMap((child) => (child.localName === "p" ? [...child.childNodes] : [child])));
      return { level: Number(li.dataset.ariaLevel ?? 1), isOrdered: list.localName === "ol", start: Number(list.getAttribute("start")) || 1, item };
    });
    first.before(...nested(items));
    for (const wrapper of run) wrapper.remove();
  }
}

/** Items with levels, as nested lists; a level that is skipped counts as one step. */
function nested(items) {
  const made = [];
  const open = [];
  for (const { level, isOrdered, start, item } of items) {
    while (open.length && open.at(-1).level > level) open.pop();
    let here = open.at(-1);
    if (!here || here.level < level || here.isOrdered !== isOrdered) {
      if (here?.level === level) open.pop();
      const list = item.ownerDocument.createElement(isOrdered ? "ol" : "ul");
      list.dataset.listed = "";
      if (isOrdered && start > 1) list.setAttribute("start", start);
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) parent.append(list);
      else made.push(list);
      here = { level, isOrdered, list };
      open.push(here);
    }
    const li = item.ownerDocument.createElement("li");
    li.append(item);
    here.list.append(li);
  }
  return made;
}

const BLOCKS = "p, h4, ul, ol, li, table, caption, tbody, thead, tfoot, tr, td, th, div, br, hr, blockquote, figure, figcaption, section, article, header, footer, pre, dl, dt, dd, address, center";

/** Several paragraphs made one, for a heading or a caption. */
export function asOneLine(html, lost) {
  const body = parseQuietly(cleanPasted(html, lost));
  for (const block of body.querySelectorAll(BLOCKS)) block.after(" ");
  for (const block of body.querySelectorAll(BLOCKS)) block.replaceWith(...block.childNodes);
  return `<p>${body.innerHTML.replace(/\s+/g, " ").trim()}</p>`;
}
