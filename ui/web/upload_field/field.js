// The field on the Documents page: chosen files, how many have been sent, and which did not arrive.

import { fromDrop, fromInput, merged, withinLimit } from "./choosing.js";
import { sending } from "./sending.js";

const staged = new Map(); // the files that were chosen and not yet sent, by collection
const fields = new WeakMap();

const number = new Intl.NumberFormat("en");
const count = (many, noun = "file") => `${number.format(many)} ${noun}${many === 1 ? "" : "s"}`;
const isOrAre = (many) => (many === 1 ? "is" : "are");

function size(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  let power = 0;
  for (; bytes >= 1024 && power < 3; power += 1) bytes /= 1024;
  return `${number.format(Number(bytes.toFixed(power ? 1 : 0)))} ${units[power]}`;
}

/** Streamlit calls this when the field is shown or its `data` changes, and the returned function when it goes. */
export default function mount(component) {
  const root = component.parentElement;
  if (!fields.has(root)) fields.set(root, new Field(root));
  fields.get(root).show(component);
  return () => fields.get(root).leave();
}

class Field {
  constructor(root) {
    this.root = root;
    this.leftOut = { why: "", items: [] };
    this.drawing = 0;
    this.wasBusy = sending.busy;
    this.announced = "";
  }

  at(selector) {
    return this.root.querySelector(selector);
  }

  show(component) {
    this.data = component.data;
    this.tellServer = () => component.setTriggerValue("ended", Date.now());
    this.listening?.abort();
    this.listening = new AbortController();
    const on = (target, kind, act) => target.addEventListener(kind, act, { signal: this.listening.signal });
    const files = this.at("input.files");
    const folder = this.at("input.folder");
    on(this.at(".choose-files"), "click", () => files.click());
    on(this.at(".choose-folder"), "click", () => folder.click());
    for (const input of [files, folder]) {
      on(input, "change", () => {
        this.take(fromInput(input));
        input.value = ""; // so that the same files can be chosen again
      });
    }
    on(this.at(".add"), "click", () => this.add());
    on(this.at(".clear"), "click", () => this.clear());
    on(this.at(".cancel"), "click", () => sending.cancel());
    on(this.at(".again"), "click", () => sending.again());
    on(this.at(".dismiss"), "click", () => this.dismiss());
    on(window, "dragover", (event) => this.over(event));
    on(window, "dragleave", (event) => event.relatedTarget ?? this.at(".field").classList.remove("over"));
    on(window, "drop", (event) => this.drop(event));
    this.watch ??= () => this.drawSoon();
    sending.watchers.add(this.watch);
    this.at(".choose-folder").hidden = !("webkitdirectory" in folder);
    this.draw();
  }

  leave() {
    this.listening.abort();
    sending.watchers.delete(this.watch);
  }

  get files() {
    return staged.get(this.data.collection) ?? [];
  }

  take(found) {
    const { files, tooLarge } = withinLimit(found.files, this.data.fileBytes);
    staged.set(this.data.collection, merged(this.files, files));
    const reasons = [];
    if (tooLarge.length) reasons.push(`${count(tooLarge.length)} larger than ${size(this.data.fileBytes)}`);
    if (found.problems.length) reasons.push(`${count(found.problems.length)} that cannot be read`);
    if (found.hidden.length) reasons.push(`${count(found.hidden.length, "hidden or system file")}`);
    this.leftOut = {
      why: reasons.length ? `Left out: ${reasons.join(", ")}.` : "",
      items: [
        ...tooLarge.map((one) => ({ name: one.name, problem: size(one.file.size) })),
        ...found.problems,
        ...found.hidden.map((name) => ({ name, problem: "" })),
      ],
    };
    if (!this.files.length && !reasons.length) this.leftOut.why = "There are no files in what you chose.";
    if (sending.phase === "ended" && !sending.missing.length) sending.forget();
    this.draw();
    this.say(`${this.summary()} ${this.leftOut.why}`.trim());
    if (this.files.length) this.at(".add").focus();
  }

  over(event) {
    // Without this, the browser would open a file that is dropped beside the field, in place of the page.
    event.preventDefault();
    const here = event.composedPath().includes(this.at(".field"));
    event.dataTransfer.dropEffect = here && !sending.busy ? "copy" : "none";
    this.at(".field").classList.toggle("over", here && !sending.busy);
  }

  async drop(event) {
    event.preventDefault();
    this.at(".field").classList.remove("over");
    if (sending.busy || !event.composedPath().includes(this.at(".field"))) return;
    this.say("Reading what you dropped.");
    this.take(await fromDrop(event.dataTransfer));
  }

  add() {
    const files = this.files;
    this.clear();
    sending.start(this.data.collection, files);
    this.draw();
    this.at(".cancel").focus();
  }

  clear() {
    staged.delete(this.data.collection);
    this.leftOut = { why: "", items: [] };
    this.draw();
  }

  dismiss() {
    sending.forget();
    this.at(".choose-files").focus();
  }

  drawSoon() {
    this.drawing ||= requestAnimationFrame(() => {
      this.drawing = 0;
      this.draw();
    });
  }

  draw() {
    for (const button of [".choose-files", ".choose-folder"]) this.at(button).disabled = sending.busy;
    const limits = `Up to ${size(this.data.fileBytes)} a file and ${size(this.data.totalBytes)} together.`;
    this.at(".hint").textContent = `or drop files and folders here. ${limits}`;
    this.drawChosen();
    this.drawSending();
    this.drawEnded();
    if (this.wasBusy && !sending.busy) this.tellServer();
    this.wasBusy = sending.busy;
  }

  get tooMuch() {
    const bytes = this.files.reduce((sum, one) => sum + one.file.size, 0);
    if (this.files.length > this.data.maxFiles) return `At most ${count(this.data.maxFiles)} can be sent at once. Choose fewer.`;
    return bytes > this.data.totalBytes ? `At most ${size(this.data.totalBytes)} can be sent at once. Choose fewer.` : "";
  }

  summary() {
    if (!this.files.length) return "";
    const bytes = this.files.reduce((sum, one) => sum + one.file.size, 0);
    return `${count(this.files.length)} chosen, ${size(bytes)}. ${this.tooMuch}`.trim();
  }

  drawChosen() {
    const shown = this.files.length > 0 && !sending.busy;
    if (shown && this.at(".chosen").hidden === false && this.listed === this.files) return;
    this.at(".chosen").hidden = !shown;
    this.at(".left-out").hidden = !this.leftOut.why;
    this.at(".left-out .why").textContent = this.leftOut.why;
    list(this.at(".left-out .names"), this.leftOut.items);
    if (!shown) return;
    this.listed = this.files;
    this.at(".add").textContent = `Add ${count(this.files.length)} to ${this.data.collection}`;
    this.at(".add").disabled = Boolean(this.tooMuch);
    this.at(".sum").textContent = this.summary();
    list(this.at(".chosen .names"), this.files.map((one) => ({ name: one.name, problem: size(one.file.size) })));
  }

  drawSending() {
    this.at(".sending").hidden = !sending.busy;
    if (!sending.busy) return this.at(".how-far").replaceChildren();
    this.at(".cancel").hidden = sending.phase === "finishing"; // the job may have started
    const { sent, all } = sending.bytes;
    const arrived = sending.items.length - sending.missing.length;
    this.at("progress").max = Math.max(all, 1);
    this.at("progress").value = sent;
    const failed = sending.items.filter((item) => item.problem && !item.arrived).length;
    const parts = [`${number.format(arrived)} of ${count(sending.items.length)} sent`, `${size(sent)} of ${size(all)}`];
    if (failed) parts.push(`${number.format(failed)} failed so far`);
    if (sending.collection !== this.data.collection) parts.push(`to ${sending.collection}`);
    this.at(".how-far").textContent = parts.join(" · ");
    // Screen readers announce only every quarter.
    const quarter = Math.floor((4 * arrived) / sending.items.length);
    this.say(quarter ? `${quarter * 25} percent of ${count(sending.items.length)} sent.` : `Sending ${count(sending.items.length)}.`);
  }

  drawEnded() {
    const box = this.at(".ended");
    box.hidden = sending.phase !== "ended";
    if (box.hidden || box.ended === sending.items) return;
    box.ended = sending.items;
    const cancelled = sending.outcome === "cancelled";
    const missing = cancelled ? [] : sending.missing;
    const again = missing.filter((item) => !item.gone).length;
    box.classList.toggle("warn", missing.length > 0);
    this.at(".outcome").textContent = this.outcome(cancelled, missing.length);
    list(this.at(".ended .names"), missing);
    this.at(".again").hidden = !again;
    this.at(".dismiss").hidden = !missing.length;
    this.at(".again").textContent = missing.length === 1 ? "Send it again" : `Send ${count(again)} again`;
    this.say(this.at(".outcome").textContent);
    // Move the focus only if it was in this field or nowhere.
    const next = missing.length ? (again ? ".again" : ".dismiss") : ".choose-files";
    if (this.root.activeElement || document.activeElement === document.body) this.at(next).focus();
  }

  outcome(cancelled, missing) {
    const all = sending.items.length;
    const where = sending.collection === this.data.collection ? "" : ` for ${sending.collection}`;
    if (cancelled) return all === 1 ? "Stopped. The file was not added." : `Stopped. None of the ${count(all)} was added.`;
    if (!missing) return `${count(all)}${where} arrived.`;
    const rest = all - missing;
    const others = { begun: `The ${number.format(rest)} that did ${isOrAre(rest)} being added.`, asks: "The others are waiting for your choice below." };
    return `${number.format(missing)} of ${count(all)}${where} did not arrive. ${rest ? others[sending.outcome] ?? "" : ""}`.trim();
  }

  /** Let screen readers announce a text, once. */
  say(text) {
    if (text === this.announced) return;
    this.announced = text;
    this.at(".aloud").textContent = text;
  }
}

/** Show names with the problem of each, as text: a name is never read as markup. */
function list(place, items) {
  place.replaceChildren(
    ...items.map(({ name, problem }) => {
      const row = document.createElement("li");
      row.append(name);
      if (problem) {
        const reason = document.createElement("span");
        reason.className = "reason";
        reason.textContent = ` ${problem}`;
        row.append(reason);
      }
      return row;
    }),
  );
  // A list that scrolls can be scrolled with the keyboard.
  place.tabIndex = items.length > 8 ? 0 : -1;
}
