// The covered screen: F9 at once, or ten minutes without a key; the password uncovers it.

import { postJson } from "../frame.js";

const IDLE = 600_000;

/** Covers the page on F9 and when idle. */
export function coverOnRequest(words, login) {
  const cover = document.querySelector("[data-cover]");
  const form = cover.querySelector("[data-unlock]");
  const password = form.elements.password;
  const problem = form.querySelector("[role=alert]");
  let before = null;
  let timer = null;
  document.body.append(cover);

  const put = () => {
    if (!cover.hidden) return;
    before = document.activeElement;
    cover.hidden = false;
    document.documentElement.dataset.covered = "";
    password.value = "";
    password.focus();
  };
  const lift = () => {
    cover.hidden = true;
    delete document.documentElement.dataset.covered;
    problem.hidden = true;
    before?.focus();
    wait();
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(put, IDLE);
  };
  const say = (sentence) => {
    problem.textContent = sentence;
    problem.hidden = false;
    password.value = "";
    password.focus();
  };

  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "F9") {
        event.preventDefault();
        if (!event.repeat) put();
      } else if (!cover.hidden) {
        event.stopPropagation();
      }
      if (cover.hidden) wait();
    },
    true,
  );
  addEventListener("pointerdown", () => cover.hidden && wait(), true);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const response = await postJson(form.action, { password: password.value });
      if (response.ok) lift();
      else if (response.status === 401) location.assign(`${login}?next=${encodeURIComponent(location.pathname)}`);
      else say(words.locked);
    } catch {
      say(words.waiting);
    }
  });
  wait();
}
