// Marking a passage in the text fills the comment form: the words themselves, a little of what stands on either side
// of them, and the section they stand in.
(() => {
  const form = document.querySelector("[data-samverkan-comment]");
  const text = document.querySelector(".document");
  if (!form || !text) return;

  const headingBefore = (node) => {
    const headings = [...text.querySelectorAll("h2[id], h3[id], h4[id]")];
    const before = headings.filter(
      (heading) => heading.compareDocumentPosition(node) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY),
    );
    return before.length ? before[before.length - 1].id : "";
  };

  const AROUND = 80;
  const BLOCK = "p, li, td, th, dd, dt, figcaption, caption, h2, h3, h4";
  const oneLine = (words) => words.replace(/\s+/g, " ");

  const around = (range, marked) => {
    const inside = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
    const first = inside(range.startContainer).closest(BLOCK) || text;
    const last = inside(range.endContainer).closest(BLOCK) || text;
    const before = document.createRange();
    before.setStart(first, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(last, last.childNodes.length);
    return {
      before: oneLine(before.toString() + marked.match(/^\s*/)[0]).slice(-AROUND),
      after: oneLine(marked.match(/\s*$/)[0] + after.toString()).slice(0, AROUND),
    };
  };

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const marked = selection ? selection.toString() : "";
    const words = marked.trim();
    if (!words || !text.contains(selection.anchorNode) || form.contains(selection.anchorNode)) return;
    form.elements.quote.value = oneLine(words).slice(0, 2000);
    const context = around(selection.getRangeAt(0), marked);
    form.elements.before.value = context.before;
    form.elements.after.value = context.after;
    const id = headingBefore(selection.anchorNode);
    if ([...form.elements.section_id.options].some((option) => option.value === id)) form.elements.section_id.value = id;
  });

  // What is written by hand has no known place.
  form.elements.quote.addEventListener("input", () => {
    form.elements.before.value = "";
    form.elements.after.value = "";
  });
})();
