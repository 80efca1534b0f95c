// Notes under a question: opened when needed, closed when done, never lying open.

import { focusStop, toMiddle } from "./focus.js";

const LIMIT = 500;

/** Opens the note of a question and puts the focus into it. */
export function openNote(row) {
  const note = row.querySelector("[data-note]");
  if (!note) return false;
  note.dataset.open = "";
  row.querySelector("[data-noted]").hidden = true;
  const area = note.querySelector("textarea");
  area.focus({ preventScroll: true });
  area.setSelectionRange(area.value.length, area.value.length);
  toMiddle(row);
  return true;
}

/** Closes notes when the focus leaves them, and counts letters. */
export function keepNotesShut(sheet) {
  sheet.form.addEventListener("focusout", (event) => {
    const note = event.target.closest("[data-note]");
    if (note && !note.contains(event.relatedTarget)) shutNote(sheet, note);
  });
  sheet.form.addEventListener("input", (event) => {
    const note = event.target.closest("[data-note]");
    if (note) count(sheet, note);
  });
  for (const note of sheet.form.querySelectorAll("[data-note]")) count(sheet, note);
}

/** Returns the field of the note that comes after this one, or null: some notes have two. */
export function nextInNote(area) {
  const areas = [...area.closest("[data-note]").querySelectorAll("textarea")];
  return areas[areas.indexOf(area) + 1] ?? null;
}

/** Goes back from the note to its answer. */
export function backToAnswer(area) {
  focusStop(area.closest("fieldset"));
}

function shutNote(sheet, note) {
  delete note.dataset.open;
  const row = note.closest("[data-code]");
  row.querySelector("[data-noted]").hidden = !note.querySelector("textarea").value.trim();
}

function count(sheet, note) {
  const length = [...note.querySelectorAll("textarea")].reduce((sum, area) => sum + area.value.length, 0);
  note.querySelector("[data-count]").textContent = length ? sheet.words.letters.replace("{count}", Math.min(length, LIMIT)) : "";
}
