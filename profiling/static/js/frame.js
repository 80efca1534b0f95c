// The frame of every page: connection word, focus on errors, shown passwords, open details in print.

const one = (selector) => document.querySelector(selector);

/** Says a sentence to screen readers without moving focus. */
export function announce(sentence) {
  const line = one("[data-announce]");
  if (line) line.textContent = sentence;
}

/** Posts JSON with the page's CSRF token; resolves to the Response. */
export function postJson(address, body) {
  return fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": one("meta[name=csrf-token]").content,
    },
    body: JSON.stringify(body),
  });
}

/** Shows whether the service can be reached, and how many interviews wait to be sent. */
function showConnection(isOnline, waiting = 0) {
  const net = one("[data-net]");
  if (!net) return;
  const word = isOnline ? net.dataset.online : net.dataset.offline;
  const queue = waiting ? `, ${net.dataset.waiting.replace("{n}", waiting)}` : "";
  one("[data-net-word]").textContent = word + queue;
  for (const mark of net.querySelectorAll("[data-net-icon]")) {
    mark.hidden = (mark.dataset.netIcon === "online") !== isOnline;
  }
  one("[data-offline-strip]").hidden = isOnline;
}

function followConnection() {
  let waiting = 0;
  const show = () => showConnection(navigator.onLine, waiting);
  addEventListener("online", show);
  addEventListener("offline", show);
  addEventListener("siaga:waiting", (event) => {
    waiting = event.detail.count;
    show();
  });
  show();
}

function letPasswordsBeShown() {
  for (const button of document.querySelectorAll("[data-show]")) {
    const field = document.getElementById(button.dataset.show);
    const showWord = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = field.type === "password";
      field.type = isShown ? "text" : "password";
      button.textContent = isShown ? button.dataset.hideWord : showWord;
      button.setAttribute("aria-pressed", String(isShown));
      field.focus();
    });
  }
}

function closeMenus() {
  const closeOthers = (event) => {
    for (const menu of document.querySelectorAll("details.who[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  };
  addEventListener("click", closeOthers);
  addEventListener("focusin", closeOthers);
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && one("details.who[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A closed result stays closed on paper: whoever stands by may see the sheet.
function openDetailsInPrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open], .more--button)")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

function printOnRequest() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

function forgetOnSignOut() {
  one("[data-sign-out]")?.addEventListener("submit", () => {
    dispatchEvent(new CustomEvent("siaga:sign-out"));
    sessionStorage.clear();
    // The drafts on this device stay, as ciphertext; the key to read them goes.
    indexedDB.deleteDatabase("siaga-keys");
  });
}

// A page brought back from memory after sign-out would show what it held: ask the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

followConnection();
letPasswordsBeShown();
closeMenus();
openDetailsInPrint();
printOnRequest();
forgetOnSignOut();
one("[data-focus]")?.focus();
