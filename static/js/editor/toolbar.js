// The toolbar: role=toolbar, one tab stop, arrows between the tools, Escape back to the text.

import { element, sign } from "./elements.js";
import { word } from "./words.js";

/**
 * `groups` are lists of tools. A tool: `key` (its word), `run(editor)`, and optionally `sign`, `isActive(editor)`
 * (then it is a toggle), `isEnabled(editor)`, `shortcut`, `shown` (its word stands beside the sign).
 * A group may have `when(editor)`: it is there only then, such as what is done with a table.
 */
export function makeToolbar(editor, groups, { controls, size = "sm" } = {}) {
  const tools = [];
  const bar = element("div", { class: "editor-toolbar", role: "toolbar", "aria-label": word("toolbar"), "aria-controls": controls, "data-size": size });
  const parts = groups.map((group) => {
    const part = element("div", { class: "editor-toolbar__group", role: "group", "aria-label": word(group.key) });
    for (const tool of group.tools) {
      const button = makeButton(tool);
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") !== "true") tool.run(editor);
      });
      tools.push({ tool, button });
      part.append(button);
    }
    bar.append(part);
    return { group, part };
  });

  const reachable = () => tools.map(({ button }) => button).filter((button) => !button.closest("[hidden]"));

  function setStop(button) {
    for (const other of tools) other.button.tabIndex = other.button === button ? 0 : -1;
  }

  function refresh() {
    for (const { group, part } of parts) part.hidden = group.when ? !group.when(editor) : false;
    for (const { tool, button } of tools) {
      if (tool.isActive) button.setAttribute("aria-pressed", String(tool.isActive(editor)));
      if (tool.isEnabled) button.setAttribute("aria-disabled", String(!tool.isEnabled(editor)));
    }
    const stop = tools.find(({ button }) => button.tabIndex === 0)?.button;
    if (!stop || stop.closest("[hidden]")) setStop(reachable()[0]);
  }

  bar.addEventListener("keydown", (event) => {
    const buttons = reachable();
    const here = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      editor.commands.focus();
    } else if (next !== undefined && here >= 0) {
      event.preventDefault();
      const target = buttons[(next + buttons.length) % buttons.length];
      setStop(target);
      target.focus();
    }
  });
  bar.addEventListener("focusin", (event) => event.target.matches("button") && setStop(event.target));
  // A click must not take the selection out of the text.
  bar.addEventListener("mousedown", (event) => event.preventDefault());

  editor.on("transaction", refresh);
  refresh();
  return { bar, focus: () => bar.querySelector('button[tabindex="0"]').focus() };
}

function makeButton(tool) {
  const label = word(tool.key);
  const title = tool.shortcut ? `${label} (${tool.shortcut.replace("Mod", "Ctrl")})` : label;
  const button = element("button", {
    class: "editor-tool", type: "button", tabindex: "-1", title,
    "aria-label": tool.shown || !tool.sign ? null : label,
    "aria-keyshortcuts": tool.shortcut ? tool.shortcut.replace("Mod", "Control") : null,
  });
  if (tool.sign) button.append(sign(tool.sign));
  if (tool.shown || !tool.sign) button.append(element("span", {}, label));
  return button;
}
