// The text as the server stores it: exactly the schema of rich text, spelt as agreements/documents/rich_text.py does.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const MARK_ORDER = ["link", "language", "bold", "italic"];

const inText = (text) => text.replace(/[&<>]/g, (sign) => ESCAPES[sign]);
const inAttribute = (text) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);

const OPENED = {
  link: (mark) => `<a href="${inAttribute(mark.attrs.href)}">`,
  language: (mark) => `<span lang="${inAttribute(mark.attrs.lang)}">`,
  bold: () => "<strong>",
  italic: () => "<em>",
};
const CLOSED = { link: "</a>", language: "</span>", bold: "</strong>", italic: "</em>" };

/** The content of one line, marks nested in their fixed order. `parent` is a ProseMirror node. */
export function writeInline(parent) {
  const parts = [];
  let open = [];
  parent.forEach((node) => {
    if (node.type.name === "footnote" && !node.attrs.note) return;
    const wanted = node.type.name === "footnote" ? [] : MARK_ORDER.flatMap((name) => node.marks.filter((mark) => mark.type.name === name));
    let shared = 0;
    while (shared < open.length && shared < wanted.length && open[shared].eq(wanted[shared])) shared += 1;
    for (const mark of open.slice(shared).reverse()) parts.push(CLOSED[mark.type.name]);
    for (const mark of wanted.slice(shared)) parts.push(OPENED[mark.type.name](mark));
    open = wanted;
    parts.push(writePiece(node));
  });
  for (const mark of [...open].reverse()) parts.push(CLOSED[mark.type.name]);
  return parts.join("");
}

function writePiece(node) {
  if (node.isText) return inText(node.text);
  if (node.type.name === "footnote") return `<sup data-note="${inAttribute(node.attrs.note)}"></sup>`;
  return "<br>";
}

/** All blocks of a node; empty paragraphs say nothing and are left out. */
export function writeBlocks(parent) {
  const parts = [];
  parent.forEach((node) => parts.push(BLOCKS[node.type.name](node)));
  return parts.join("");
}

function line(tag) {
  return (node) => {
    const inside = writeInline(node);
    return inside.trim() ? `<${tag}>${inside}</${tag}>` : "";
  };
}

function box(tag, attributes = () => "") {
  return (node) => {
    const inside = writeBlocks(node);
    return inside ? `<${tag}${attributes(node)}>${inside}</${tag}>` : "";
  };
}

const BLOCKS = {
  paragraph: line("p"),
  heading: line("h4"),
  blockquote: box("blockquote"),
  bulletList: box("ul"),
  orderedList: box("ol", (node) => (node.attrs.start === 1 ? "" : ` start="${node.attrs.start}"`)),
  listItem: box("li"),
  table: writeTable,
  figure: writeFigure,
};

function writeTable(table) {
  const rows = [];
  table.forEach((row) => rows.push(row));
  const caption = table.attrs.caption ? `<caption>${table.attrs.caption}</caption>` : "";
  let heads = 0;
  while (heads < rows.length && isHead(rows[heads], heads)) heads += 1;
  const head = writeRows(rows.slice(0, heads), "thead", "col");
  return `<table>${caption}${head}${writeRows(rows.slice(heads), "tbody", "row")}</table>`;
}

/** The first row is a header row when all its cells are; what came as one stays one, also with an empty corner. */
function isHead(row, index) {
  const kinds = [];
  row.forEach((cell) => kinds.push(cell.type.name === "tableHeader"));
  return row.attrs.head ? kinds.some(Boolean) : index === 0 && kinds.every(Boolean);
}

function writeRows(rows, tag, scope) {
  if (!rows.length) return "";
  return `<${tag}>${rows.map((row) => writeRow(row, scope)).join("")}</${tag}>`;
}

function writeRow(row, scope) {
  const cells = [];
  row.forEach((cell) => {
    const { colspan, rowspan } = cell.attrs;
    const spans = (colspan > 1 ? ` colspan="${colspan}"` : "") + (rowspan > 1 ? ` rowspan="${rowspan}"` : "");
    const isHeader = cell.type.name === "tableHeader";
    cells.push(isHeader ? `<th${spans} scope="${scope}">${writeBlocks(cell)}</th>` : `<td${spans}>${writeBlocks(cell)}</td>`);
  });
  return `<tr>${cells.join("")}</tr>`;
}

function writeFigure(node) {
  const { asset, alt, source, caption, table } = node.attrs;
  const data = `data-alt="${inAttribute(alt)}" data-asset="${inAttribute(asset)}" data-source="${inAttribute(source)}"`;
  return `<figure ${data}>${caption ? `<figcaption>${caption}</figcaption>` : ""}${table}</figure>`;
}
