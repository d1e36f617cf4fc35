// Watches whether Incamera can be reached and whether the browser is signed in. If not, the page is covered:
// an answer must not stay on the screen when nobody can work with it. Streamlit's own messages (about the
// internet, status codes and its command line) are hidden, because they do not help here.
"use strict";
(() => {
  const CHECK_EVERY = 2000; // milliseconds
  const ANSWER_TIMEOUT = 15000; // milliseconds; a busy server may need long
  const MAX_UNCONNECTED = 8; // checks that Streamlit may take to connect before the page is covered
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
  const UNREACHABLE = [
    ["h1", "Incamera cannot be reached"],
    ["p", "It has stopped, or this computer is too busy to respond. The page is covered so that nobody can " +
      "read it in passing. Your questions and finished answers are kept."],
    ["p", "If it has stopped, start it again where it was started before:"],
    ["p", ["code", `incamera serve --port ${location.port}`]],
    ["p", "This page then comes back by itself. If it asks for a link, open the link that was printed there."],
  ];
  const SIGNED_OUT = [
    ["h1", "You are signed out"],
    ["p", "Nothing is shown until you sign in again."],
  ];
  const LOCKED = [
    ["h1", "Locked"],
    ["p", "Nobody used this page for a while. Nothing is shown until you give your password again."],
  ];
  const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

  let server = null; // the id of the server that this page came from
  let checking = false;
  let again = false; // something changed during the check
  let touched = false; // the user touched a key or moved something since the server was asked last
  let unconnected = 0; // checks in a row that reached the server while Streamlit was not connected

  const app = () => document.querySelector('[data-testid="stApp"]');
  const connection = () => app()?.getAttribute("data-test-connection-state");

  function element([name, content]) {
    const made = document.createElement(name);
    made.append(Array.isArray(content) ? element(content) : content);
    return made;
  }

  function cover(message) {
    if (document.getElementById(COVER)) return;
    const box = document.createElement("div");
    box.tabIndex = -1;
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", message[0][1]);
    box.append(...message.map(element));
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

  // Return the id of the server if it knows the session, a message if it is closed, null if it does not answer.
  async function askServer() {
    const headers = touched ? { "x-incamera-active": "1" } : {};
    touched = false;
    try {
      const answer = await fetch("/session", {
        headers, cache: "no-store", signal: AbortSignal.timeout(ANSWER_TIMEOUT),
      });
      if (answer.status === 401) return answer.headers.has("x-incamera-locked") ? LOCKED : SIGNED_OUT;
      return answer.status === 204 ? answer.headers.get("x-incamera-start") : null;
    } catch {
      return null;
    }
  }

  async function check() {
    if (checking) {
      again = true;
      return;
    }
    checking = true;
    do {
      again = false;
      react(await askServer());
    } while (again);
    checking = false;
  }

  function react(answer) {
    if (answer === null) {
      cover(UNREACHABLE);
    } else if (Array.isArray(answer)) {
      uncover();
      cover(answer);
      location.replace("/"); // the page that says how to sign in, in the place of everything that was shown
    } else if ((server !== null && server !== answer) || connection() === "DISCONNECTED_FOREVER") {
      location.reload();
    } else {
      server = answer;
      unconnected = connection() === "CONNECTED" ? 0 : unconnected + 1;
      // Until Streamlit is connected again, the page is out of date and cannot be used.
      if (unconnected === 0) uncover();
      else if (unconnected > MAX_UNCONNECTED && app()) cover(UNREACHABLE);
    }
  }

  function watch() {
    document.head.append(element(["style", STYLE]));
    let previous = null;
    new MutationObserver(() => {
      const state = connection();
      if (state === previous) return;
      previous = state;
      check();
    }).observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-connection-state"],
    });
    for (const sign of SIGNS_OF_LIFE) {
      addEventListener(sign, () => { touched = true; }, { capture: true, passive: true });
    }
    setInterval(check, CHECK_EVERY);
    for (const event of ["online", "pageshow", "focus"]) addEventListener(event, check);
    document.addEventListener("visibilitychange", check);
    check();
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", watch);
  else watch();
})();
