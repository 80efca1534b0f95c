// The result of a sealed interview: opens on request, closes by Esc, by leaving, and when idle.

const IDLE_MS = 60_000;

const reveal = document.querySelector("[data-reveal]");
const summary = reveal.querySelector("summary");
const result = reveal.querySelector("[data-result]");
const closesItself = document.documentElement.dataset.close !== "off";
let timer;

function close() {
  if (!reveal.open) return;
  const hadFocus = reveal.contains(document.activeElement);
  reveal.open = false;
  if (hadFocus) summary.focus();
}

function waitAgain() {
  clearTimeout(timer);
  if (closesItself && reveal.open) timer = setTimeout(close, IDLE_MS);
}

// Opened here rather than by the browser, so that the focus has moved before the next key comes.
summary.addEventListener("click", (event) => {
  event.preventDefault();
  reveal.open = !reveal.open;
  if (reveal.open) result.focus();
  waitAgain();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("details.who[open]")) close();
  waitAgain();
});
for (const kind of ["pointerdown", "wheel", "input"]) addEventListener(kind, waitAgain, { passive: true });
addEventListener("pagehide", close);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) close();
});

// A postponement for missing papers has its reason ready; what somebody typed is left alone.
for (const form of document.querySelectorAll("[data-decide]")) {
  form.addEventListener("change", (event) => {
    const { papers, reason } = form.elements;
    if (event.target.name !== "disposition" || !papers.value) return;
    if (event.target.value === "TUNDA" && !reason.value) reason.value = papers.value;
    else if (event.target.value !== "TUNDA" && reason.value === papers.value) reason.value = "";
  });
}

// Opened by a key that came before this script.
if (reveal.open && document.activeElement === summary) result.focus();
waitAgain();
