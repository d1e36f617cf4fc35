// Watches whether Incamera can be reached and the browser is signed in. While it is not, the page is covered:
// an answer must not stay on a screen that nobody can work with, and Streamlit's own messages (about the
// internet, status codes and its command line) help nobody here.
"use strict";
(() => {
  const EVERY = 2000; // milliseconds between two looks
  const PATIENCE = 15000; // milliseconds that a busy server gets for an answer
  const MOST_UNCONNECTED = 8;
  const COVER = "incamera-cover";
  const STYLE = `
    html.${COVER} body > :not(#${COVER}) { display: none !important; }
    body:has([data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])) [data-testid="stDialog"],
    [data-testid="stConnectionStatus"] { display: none !important; }
    #${COVER} { position: fixed; inset: 0; z-index: 2147483647; display: grid; place-items: center;
      overflow: auto; background: #f7f6f3; color: #23282d; font: 17px/1.6 Georgia, "Times New Roman", serif; }
    #${COVER} > div { box-sizing: border-box; max-width: 34rem; padding: 2.5rem; background: #fff;
      border: 1px solid #dedad2; border-top: 3px solid #1f5457; outline: none; }
    #${COVER} h1 { margin: 0 0 .8rem; padding: 0; font: 600 1.35rem/1.3 Georgia, "Times New Roman", serif; }
    #${COVER} p { margin: .7rem 0; }
    #${COVER} code { padding: .1em .35em; background: #f1efea;
      font: .85em ui-monospace, Menlo, Consolas, monospace; }`;
  const AWAY = [
    ["h1", "Incamera cannot be reached"],
    ["p", "It was stopped, or this computer is too busy to answer. The page is covered meanwhile, so that " +
      "nobody reads it in passing. Your questions and the finished answers are kept."],
    ["p", "If it was stopped, start it again where it was started before:"],
    ["p", ["code", `incamera serve --port ${location.port}`]],
    ["p", "This page then comes back by itself. If it asks for a link, open the one that was printed there."],
  ];
  const ENDED = [
    ["h1", "You are signed out"],
    ["p", "Open the link that is printed where Incamera is started to sign in again."],
  ];

  let start = null; // which server this page is of
  let looking = false;
  let again = false; // something changed while it looked
  let unconnected = 0; // looks in a row that found the server, and Streamlit not connected to it

  const app = () => document.querySelector('[data-testid="stApp"]');
  const connection = () => app()?.getAttribute("data-test-connection-state");

  function element([name, content]) {
    const made = document.createElement(name);
    made.append(Array.isArray(content) ? element(content) : content);
    return made;
  }

  function cover(said) {
    if (document.getElementById(COVER)) return;
    const box = document.createElement("div");
    box.tabIndex = -1;
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", said[0][1]);
    box.append(...said.map(element));
    const around = document.createElement("div");
    around.id = COVER;
    around.append(box);
    document.documentElement.classList.add(COVER);
    document.body.append(around);
    box.focus();
  }

  function uncover() {
    document.getElementById(COVER)?.remove();
    document.documentElement.classList.remove(COVER);
  }

  // The server's start when it is there and knows the session; "" when it does not; null without an answer.
  async function asked() {
    try {
      const answer = await fetch("/session", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 401) return "";
      return answer.status === 204 ? answer.headers.get("x-incamera-start") : null;
    } catch {
      return null;
    }
  }

  async function look() {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    do {
      again = false;
      act(await asked());
    } while (again);
    looking = false;
  }

  function act(now) {
    if (now === null) {
      cover(AWAY);
    } else if (now === "") {
      uncover();
      cover(ENDED);
      location.replace("/"); // to the page that says how to come in
    } else if ((start !== null && start !== now) || connection() === "DISCONNECTED_FOREVER") {
      location.reload();
    } else {
      start = now;
      unconnected = connection() === "CONNECTED" ? 0 : unconnected + 1;
      // Until Streamlit is connected again, what it shows is of before, and cannot be used.
      if (unconnected === 0) uncover();
      else if (unconnected > MOST_UNCONNECTED && app()) cover(AWAY);
    }
  }

  function watch() {
    document.head.append(element(["style", STYLE]));
    let before = null;
    new MutationObserver(() => {
      const state = connection();
      if (state === before) return;
      before = state;
      look();
    }).observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-connection-state"],
    });
    setInterval(look, EVERY);
    for (const event of ["online", "pageshow", "focus"]) addEventListener(event, look);
    document.addEventListener("visibilitychange", look);
    look();
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", watch);
  else watch();
})();
