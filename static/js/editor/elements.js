// Small help for making elements, and the editor's own signs (24 x 24, one stroke).

const SVG = "http://www.w3.org/2000/svg";

const SIGNS = {
  undo: "M9 14 4.5 9.5 9 5m-4.5 4.5H14a5 5 0 0 1 0 10h-2",
  redo: "m15 14 4.5-4.5L15 5m4.5 4.5H10a5 5 0 0 0 0 10h2",
  heading: "M6 5v14M17 5v14M6 12h11",
  bold: "M8 5h5a3.5 3.5 0 0 1 0 7H8zm0 7h6a3.5 3.5 0 0 1 0 7H8z",
  italic: "M11 5h6M7 19h6M14 5l-4 14",
  link: "M10 14a4 4 0 0 0 5.7 0l3.3-3.3A4 4 0 0 0 13.3 5L12 6.3M14 10a4 4 0 0 0-5.7 0L5 13.3A4 4 0 0 0 10.7 19l1.3-1.3",
  language: "M4 6h9M8.5 4v2c0 4-2 7-5 8.5M5.5 9.5c1 2.5 3.5 4.5 6 5M12 20l4-10 4 10m-6.7-3h5.400",
  bullets: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 4.5 5.5 4v5M4 14.5c.5-1 3-1 2.5.5L4 18.5h3",
  indent: "M4 6h16M12 12h8M12 18h8M4 10l3.5 4L4 18",
  outdent: "M4 6h16M12 12h8M12 18h8M7.5 10 4 14l3.5 4",
  quote: "M9 7H5v5h4zm0 5c0 3-1 4-3 5M19 7h-4v5h4zm0 5c0 3-1 4-3 5",
  note: "M4 7h9M4 12h9M4 17h7M18 5v7m-1.5-6L18 5",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9M15 10v9",
  figure: "M4 5h16v14H4zm0 11 5-5 4 4 3-3 4 4M15.5 8.5h.01",
};

/** element("p", {class: "x", hidden: true}, "text", child …); a property that is null or false is left out. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

export function sign(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SIGNS[name]);
  svg.append(path);
  return svg;
}

let made = 0;
/** An id that nothing else on the page has. */
export function freshId(prefix) {
  made += 1;
  return `${prefix}-${made}`;
}
