// The tables of what is pasted: which cells are headings, and what a cell may hold.
// The rules are those of documents/word_import/table_html.py, told by what a browser gets to see of the file.

const BOLD = "b, strong, th, h1, h2, h3, h4, h5, h6";
const FIRST_ROW = /mso-yfti-firstrow:\s*yes/i;
const OF_STYLE = /mso-yfti-cnfc:\s*(\d+)/i; // which parts of the table's style a row wears; the lowest bit is its first row

/** Bring the tables of `body` into the shape of a section's: flat, with header cells. */
export function shapeTables(body) {
  for (const inner of [...body.querySelectorAll("td table, th table")].reverse()) unfold(inner);
  for (const table of body.querySelectorAll("table")) {
    const rows = [...table.rows];
    const heads = headRows(table, rows);
    const hasRowHeadings = isFirstColumnSetOff(rows.slice(heads));
    if (heads) table.createTHead().append(...rows.slice(0, heads));
    for (const row of rows.slice(0, heads)) for (const cell of [...row.cells]) if (hasWords(cell)) asHeader(cell);
    if (hasRowHeadings) for (const row of rows.slice(heads)) asHeader(row.cells[0]);
  }
}

/** A table inside a cell is unfolded into paragraphs of the cell. */
function unfold(table) {
  const made = [];
  for (const cell of table.querySelectorAll("caption, td, th")) {
    const part = table.ownerDocument.createElement(cell.querySelector("p, div, ul, ol") ? "div" : "p");
    part.append(...cell.childNodes);
    made.push(part);
  }
  table.replaceWith(...made);
}

/** How many rows at the top are headings: those that the file repeats, or a first row set off by its style or in bold. */
function headRows(table, rows) {
  let count = table.tHead?.rows.length ?? 0;
  if (!count && rows.length > 1 && (wearsFirstRow(rows[0]) || isBoldHead(rows))) count = 1;
  for (let row = 0; row < count; row += 1) {
    const reach = Math.max(1, ...[...rows[row].cells].map((cell) => cell.rowSpan));
    count = Math.min(Math.max(count, row + reach), rows.length);
  }
  return count;
}

/** Word calls the first row of every table so; only where its style sets it off is it more than the first. */
function wearsFirstRow(row) {
  const style = row.dataset.style ?? "";
  return FIRST_ROW.test(style) && (Number(OF_STYLE.exec(style)?.[1] ?? 0) & 1) === 1;
}

function isBoldHead([first, ...rest]) {
  return isBold([...first.cells]) && !hasHeaderCells(first) && rest.some((row) => !isBold([...row.cells]));
}

const hasHeaderCells = (row) => [...row.cells].some((cell) => cell.localName === "th");

function isFirstColumnSetOff(rows) {
  if (!rows.length || rows.some((row) => row.cells.length < 2 || hasHeaderCells(row) || [...row.cells].some((cell) => cell.rowSpan > 1))) return false;
  return rows.every((row) => isBold([row.cells[0]])) && rows.some((row) => !isBold([...row.cells].slice(1)));
}

const hasWords = (element) => Boolean(element.textContent.trim());

/** Whether all words in the cells are bold; no when there are none. */
function isBold(cells) {
  const words = cells.flatMap((cell) => textNodes(cell)).filter((node) => node.data.trim());
  return words.length > 0 && words.every((node) => node.parentElement.closest(BOLD));
}

function textNodes(holder) {
  const found = [];
  const walker = holder.ownerDocument.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** A header cell, without the bold that only shows what it is. */
function asHeader(cell) {
  if (isBold([cell])) for (const bold of cell.querySelectorAll("b, strong")) bold.replaceWith(...bold.childNodes);
  if (cell.localName === "th") return;
  const header = cell.ownerDocument.createElement("th");
  for (const name of ["colspan", "rowspan"]) if (cell.hasAttribute(name)) header.setAttribute(name, cell.getAttribute(name));
  header.append(...cell.childNodes);
  cell.replaceWith(header);
}
