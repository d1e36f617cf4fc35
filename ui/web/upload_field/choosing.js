// Collects the files that a person chose or dropped, with the paths of their folders.

// Files that systems and editors leave in folders; the command line ignores them too.
const isIgnored = (name) => name.startsWith(".") || name.startsWith("~$") || ["Thumbs.db", "desktop.ini"].includes(name);
const hidden = (path) => path.split("/").some(isIgnored);

/** Return {files: [{file, name}], hidden: [name], problems: [{name, problem}]} of what an input holds. */
export function fromInput(input) {
  const all = [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  const isFolder = input.webkitdirectory;
  return {
    files: all.filter((one) => !isFolder || !hidden(one.name)),
    hidden: all.filter((one) => isFolder && hidden(one.name)).map((one) => one.name),
    problems: [],
  };
}

/** Return the same for what was dropped: files, and folders with everything in them. */
export async function fromDrop(transfer) {
  const found = { files: [], hidden: [], problems: [] };
  // All entries are read before the first await, because the browser then forgets what was dropped.
  const entries = [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => item.webkitGetAsEntry?.() ?? { isFile: true, fullPath: "", file: (give) => give(item.getAsFile()) });
  for (const entry of entries) await gather(entry, found, true);
  return found;
}

async function gather(entry, found, dropped) {
  const name = (entry.fullPath || entry.name || "").replace(/^\/+/, "");
  if (!dropped && isIgnored(entry.name)) {
    found.hidden.push(name);
    return;
  }
  try {
    if (entry.isFile) {
      const file = await new Promise((give, fail) => entry.file(give, fail));
      found.files.push({ file, name: name || file.name });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      // Browsers return about a hundred entries at a time, and an empty list at the end.
      const some = await new Promise((give, fail) => reader.readEntries(give, fail));
      if (some.length === 0) return;
      for (const one of some) await gather(one, found, false);
    }
  } catch (error) {
    found.problems.push({ name, problem: "It cannot be read on this computer." });
  }
}

/** Split `files` into those that may be sent and those that are too large; `limit` is in bytes. */
export function withinLimit(files, limit) {
  return {
    files: files.filter((one) => one.file.size <= limit),
    tooLarge: files.filter((one) => one.file.size > limit),
  };
}

const inOrder = new Intl.Collator("en", { numeric: true }).compare;

/** Return `staged` and `more` in the order of their names; a file that was chosen twice appears once. */
export function merged(staged, more) {
  const key = (one) => JSON.stringify([one.name, one.file.size, one.file.lastModified]);
  const files = new Map([...staged, ...more].map((one) => [key(one), one]));
  return [...files.values()].sort((one, other) => inOrder(one.name, other.name));
}
