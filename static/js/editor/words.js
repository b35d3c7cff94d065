// The editor's words, in the page's language: a JSON script element that the server writes (_editor_words.html).

let words = null;

/** The word for `key`, with %(name)s replaced from `values`. An unknown key is a mistake and says so. */
export function word(key, values = {}) {
  words ??= JSON.parse(document.getElementById("editor-words").textContent);
  if (!(key in words)) throw new Error(`The editor has no word for ${key}.`);
  return words[key].replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}
