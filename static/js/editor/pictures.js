// Pictures in what is pasted or dropped. Text takes none along: they are figures, each with its alternative text.

import { word } from "./words.js";

const WRITTEN_OUT = /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]+)$/;

/** Image files: those of the clipboard, else those that the HTML has written out in its `sources`. */
export function picturesOf(transfer, sources) {
  const files = [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  return files.length ? files : sources.map(asFile).filter(Boolean);
}

function asFile(source) {
  const [, type, content] = WRITTEN_OUT.exec(source) ?? [];
  if (!type) return null;
  const bytes = Uint8Array.from(atob(content.replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
  return new File([bytes], `bild.${type === "image/png" ? "png" : "jpg"}`, { type });
}

/** What did not come along with a paste, in words; nothing when all did. `count` is how many of the pictures. */
export function lostWords({ pictures, comments }, count = pictures.length) {
  const sentences = [];
  const isOne = count === 1;
  if (count) sentences.push(word(isOne ? "picture_lost" : "pictures_lost", { count }));
  if (comments) sentences.push(word("comments_lost"));
  return sentences.join(" ");
}
