// Sends files to the server: a few at a time, with retries, and with a message for every file that is lost.
//
// There is one instance as long as the page is loaded. It continues while other pages of Incamera are shown.

const AT_ONCE = 3;
const WAITS = [500, 2000, 5000]; // milliseconds before each new attempt
const UNREACHABLE = "The server could not be reached.";
const SIGNED_OUT = "You are signed out. Open Incamera with its link again, and choose the files again.";
const UNREADABLE = "The file has changed or can no longer be read on this computer. Choose it again.";

class Sending {
  constructor() {
    this.phase = "idle"; // "sending", "finishing", "ended"
    this.items = []; // {file, name, sent: bytes, arrived, problem, gone}; a `gone` file cannot be read again
    this.collection = "";
    this.outcome = ""; // what the server answered at the end, or "cancelled"
    this.watchers = new Set();
    addEventListener("beforeunload", (event) => this.busy && event.preventDefault());
    addEventListener("pagehide", () => this.busy && this.upload && navigator.sendBeacon(`/uploads/${this.upload}/cancel`));
  }

  get busy() {
    return this.phase === "sending" || this.phase === "finishing";
  }

  get missing() {
    return this.items.filter((item) => !item.arrived);
  }

  get bytes() {
    const sum = (values) => values.reduce((one, other) => one + other, 0);
    return { sent: sum(this.items.map((item) => item.sent)), all: sum(this.items.map((item) => item.file.size)) };
  }

  /** Send [{file, name}] to a collection. */
  async start(collection, chosen) {
    this.collection = collection;
    this.items = chosen.map(({ file, name }) => ({ file, name, sent: 0, arrived: false, problem: "", gone: false }));
    this.upload = "";
    this.outcome = "";
    this.fatal = "";
    this.stop = new AbortController();
    this.become("sending");
    try {
      const files = this.items.map((item) => ({ name: item.name, size: item.file.size }));
      this.upload = (await this.ask("/uploads", { collection, files })).upload;
      this.queue = this.items.entries();
      await Promise.all(Array.from({ length: AT_ONCE }, () => this.work()));
      if (!this.stop.signal.aborted) await this.finish();
    } catch (problem) {
      this.failAll(problem.message);
    }
    if (this.stop.signal.aborted) this.outcome = "cancelled";
    this.become("ended");
  }

  /** Stop; the server removes what has arrived. */
  cancel() {
    this.stop.abort();
    if (this.upload) fetch(`/uploads/${this.upload}/cancel`, { method: "POST" }).catch(() => {});
  }

  /** Send the files again that did not arrive and can still be read. */
  again() {
    return this.start(this.collection, this.missing.filter((item) => !item.gone));
  }

  forget() {
    this.items = [];
    this.become("idle");
  }

  async work() {
    for (const [number, item] of this.queue) {
      if (this.stop.signal.aborted) return;
      if (this.fatal) item.problem = this.fatal;
      else await this.send(number, item);
      this.notify();
    }
  }

  /** Send one file, with retries; `item` says how that ended. */
  async send(number, item) {
    for (const wait of [...WAITS, 0]) {
      item.sent = 0;
      const { status, text } = await this.put(number, item);
      if (this.stop.signal.aborted) return;
      item.arrived = status === 204;
      if (item.arrived) {
        Object.assign(item, { sent: item.file.size, problem: "" });
        return;
      }
      item.sent = 0;
      item.problem = text;
      if (status === 0 && !(await readable(item.file))) {
        Object.assign(item, { problem: UNREADABLE, gone: true });
        return;
      }
      if ([401, 403, 404, 507].includes(status)) this.fatal = text;
      if (status !== 0 && status < 500 || status === 507) return;
      if (wait) await pause(wait, this.stop.signal);
    }
    if (!(await reachable())) this.fatal = item.problem = UNREACHABLE;
  }

  /** Send the bytes of a file once; returns {status, text}, with status 0 if the connection failed. */
  put(number, item) {
    return new Promise((give) => {
      const request = new XMLHttpRequest();
      const stop = () => request.abort();
      const end = (status, text) => {
        this.stop.signal.removeEventListener("abort", stop);
        give({ status, text });
      };
      request.open("PUT", `/uploads/${this.upload}/${number}`);
      request.upload.onprogress = (event) => {
        item.sent = Math.min(event.loaded, item.file.size);
        this.notify();
      };
      request.onload = () => end(request.status, problemIn(request.status, request.responseText));
      request.onerror = () => end(0, "The connection was cut.");
      request.onabort = () => end(0, "");
      this.stop.signal.addEventListener("abort", stop);
      request.send(item.file);
    });
  }

  async finish() {
    this.become("finishing");
    const problems = Object.fromEntries(
      [...this.items.entries()].filter(([, item]) => item.problem).map(([number, item]) => [number, item.problem]),
    );
    this.outcome = (await this.ask(`/uploads/${this.upload}/finish`, { problems })).outcome;
  }

  /** Post a JSON body and return the server's JSON answer. Throws an Error with the sentence of a refusal. */
  async ask(address, body) {
    const options = { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    for (const wait of [...WAITS, 0]) {
      let answer = null;
      try {
        answer = await fetch(address, { ...options, signal: this.stop.signal });
      } catch {
        if (this.stop.signal.aborted) throw new Error("");
      }
      if (answer?.ok) return answer.json();
      if (answer) throw new Error(problemIn(answer.status, await answer.text()));
      if (wait) await pause(wait, this.stop.signal);
    }
    throw new Error(UNREACHABLE);
  }

  failAll(problem) {
    for (const item of this.items) Object.assign(item, { arrived: false, sent: 0, problem: item.gone ? item.problem : problem });
  }

  become(phase) {
    this.phase = phase;
    this.notify();
  }

  notify() {
    for (const watcher of this.watchers) watcher();
  }
}

function problemIn(status, text) {
  if (status < 400) return "";
  if (status === 401) return SIGNED_OUT;
  try {
    return JSON.parse(text).error;
  } catch {
    return `The server answered with status ${status}.`;
  }
}

function pause(milliseconds, signal) {
  return new Promise((go) => {
    setTimeout(go, milliseconds);
    signal.addEventListener("abort", go, { once: true });
  });
}

async function reachable() {
  return fetch("/healthz").then(() => true, () => false);
}

async function readable(file) {
  return file.slice(0, 1).arrayBuffer().then(() => true, () => false);
}

export const sending = new Sending();
