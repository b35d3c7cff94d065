// Marking a passage in the text fills the comment form: the words themselves and the section they stand in.
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

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection ? selection.toString().trim() : "";
    if (!words || !text.contains(selection.anchorNode) || form.contains(selection.anchorNode)) return;
    form.elements.quote.value = words.replace(/\s+/g, " ").slice(0, 2000);
    const id = headingBefore(selection.anchorNode);
    if ([...form.elements.section_id.options].some((option) => option.value === id)) form.elements.section_id.value = id;
  });
})();
