// Guidance for the question in focus, in the same place always; folded under the row on a phone.

import { announce } from "../frame.js";

/** Shows the guidance of whatever row takes the focus. */
export function followGuidance(sheet) {
  const place = document.querySelector("[data-guide]");
  const title = document.querySelector("[data-guide-title]");
  let shown = null;
  sheet.form.addEventListener("focusin", (event) => {
    const row = event.target.closest(".q");
    if (!row || row === shown) return;
    shown?.removeAttribute("data-current");
    row.dataset.current = "";
    shown = row;
    const text = row.querySelector(".guide__text");
    if (!text) return;
    const number = row.querySelector(".q__no")?.textContent ?? "";
    title.textContent = `${sheet.words.guide} ${number}`.trim();
    place.replaceChildren(...[...text.children].map((child) => child.cloneNode(true)));
  });
}

/** Reads the guidance of a row aloud to screen readers; the focus stays. */
export function readGuidance(row) {
  const text = row.querySelector(".guide__text");
  if (!text) return;
  const details = row.querySelector("details.guide");
  if (getComputedStyle(details).display !== "none") details.open = true;
  announce(text.textContent.replace(/\s+/g, " ").trim());
}
