// What is typed is kept in this browser until the server has said yes: per person and section, and per page,
// so that two tabs never write over each other. Erased after saving, and all of it at sign-out (js/app.js).

const PREFIX = "samverkan-text";

/** The copy under that key, in a list; one that cannot be read hides no other. */
function readable(key) {
  try {
    return [{ ...JSON.parse(localStorage.getItem(key)), key }];
  } catch {
    return [];
  }
}

export class SafetyCopy {
  /** `person` and `section` are ids. */
  constructor(person, section) {
    this.prefix = `${PREFIX}:${person}:${section}:`;
    this.key = `${this.prefix}${Date.now()}-${Math.random().toString(36).slice(2)}`;
  }

  /** Keep {heading, body, version}; false when the browser would not. */
  keep(text) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ ...text, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  erase(key = this.key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing could be kept either.
    }
  }

  /** What earlier pages left behind, newest first: {key, heading, body, version, at}. */
  leftBehind() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.prefix) && key !== this.key)
        .flatMap(readable)
        .sort((one, other) => other.at - one.at);
    } catch {
      return [];
    }
  }
}
