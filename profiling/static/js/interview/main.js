// The interview page: a plain form that becomes quick to use, and loses nothing.

import { announce, postJson } from "../frame.js";
import { coverOnRequest } from "./cover.js";
import { focusStop } from "./focus.js";
import { followGuidance } from "./guide.js";
import { Keyboard } from "./keys.js";
import { keepNotesShut, openNote } from "./notes.js";
import { addParties, followPlaces, makeRoom } from "./parties.js";
import { Saving } from "./saving.js";
import { Sealing } from "./sealing.js";
import { Sheet } from "./sheet.js";
import { holdDraft, moveHere } from "./tab.js";
import { openVault } from "./vault.js";

const one = (selector) => document.querySelector(selector);
const form = one("#interview");

async function start() {
  // Loaded again, the page shows what is stored and no longer what was to be put right.
  if (location.search) history.replaceState(null, "", location.pathname);
  const sheet = new Sheet(form);
  const saving = new Saving(form, sheet.words, () => sheet.fields(), reports(sheet));
  coverOnRequest(sheet.words, form.dataset.login);
  const opening = vaultOf(form.dataset.account);
  const holding = holdDraft(saving.id, async () => {
    await saving.flush();
    saving.stop();
    standAside();
  });
  sheet.refresh(); // While the browser looks for the draft and for what the device keeps.
  if (!(await holding)) return standAside();
  const vault = await opening;
  saving.useVault(vault);
  const isRestored = vault ? await restore(sheet, saving, vault) : false;
  listen(sheet, saving);
  const isFresh = saving.revision === 0 && !isRestored;
  if (!one(".errors, [role=alert][data-focus]")) focusStop(isFresh ? form.elements.purpose : firstOpen(sheet));
  form.dataset.ready = "";
  // Nothing typed waits for these: a page on which nothing is kept yet needs no key to be ready.
  vault?.unlock().then(() => vault.tidy(), () => {});
}

function listen(sheet, saving) {
  const review = () => toReview(sheet);
  new Keyboard(sheet, () => saving.keep(), review);
  new Sealing(sheet, saving);
  keepNotesShut(sheet);
  followGuidance(sheet);
  addParties(form);
  followPlaces(form, sheet.words);
  form.addEventListener("input", () => saving.keep());
  form.addEventListener("change", (event) => changed(sheet, saving, event.target));
  one("[data-to-review]").addEventListener("click", review);
  one("[data-use-stored]").addEventListener("click", async () => {
    saving.stop();
    await saving.forget();
    location.reload();
  });
  one("[data-use-mine]").addEventListener("click", () => {
    saving.takeRevision(Number(one("[data-conflict]").dataset.revision));
    one("[data-conflict]").hidden = true;
    saving.flush();
  });
  for (const how of form.querySelectorAll("[data-how]")) {
    how.hidden = false;
    how.addEventListener("click", () => focusStop(how.closest("fieldset")));
  }
  one("[data-open-part]").addEventListener("click", (event) => {
    const row = event.target.closest("[data-part]").querySelector("[data-code]:not([hidden])");
    sheet.reach(row);
    saving.keep();
    focusStop(row);
  });
  one("[data-open-identity]").addEventListener("click", (event) => {
    event.preventDefault();
    one("#identity").open = true;
    form.elements.namedItem("applicant.nik").focus();
  });
  one(".errors")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!control) return;
    event.preventDefault();
    goToProblem(sheet, control);
  });
  form.querySelector("[data-review-list]").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    openNote(document.getElementById(link.hash.slice(1)));
  });
}

/** Opens whatever hides a control, and puts the focus on it. */
function goToProblem(sheet, control) {
  const row = control.closest("[data-code]");
  const identity = control.closest("details.identity");
  if (row) sheet.reach(row);
  if (identity) identity.open = true;
  if (control.matches("textarea")) openNote(row);
  else focusStop(control.closest("fieldset.q") ?? control);
}

/** What was clicked, chosen with arrows, or left by Tab: read, stored, never moved. */
function changed(sheet, saving, control) {
  if (control.type === "radio") {
    const row = control.closest("fieldset");
    sheet.refresh();
    sheet.tellFact(row);
    if (sheet.lacksNote(row)) row.querySelector("[data-note]").dataset.open = "";
  } else {
    sheet.accept(control);
    sheet.refresh();
  }
  saving.keep();
}

async function toReview(sheet) {
  sheet.refresh();
  showReview(sheet);
  const gap = sheet.firstGap();
  if (gap) sheet.reach(gap);
  focusStop(gap ?? sheet.judgement);
}

function showReview(sheet) {
  const gaps = form.querySelector("[data-gaps]");
  gaps.replaceChildren(...sheet.gaps().flatMap((row) => [linkTo(row), " "]));
  gaps.hidden = !gaps.children.length;
  const noted = sheet.steps.map((code) => sheet.rows.get(code)).filter((row) => row.querySelector("textarea")?.value.trim());
  const review = form.querySelector("[data-review]");
  review.hidden = !noted.length;
  review.querySelector("ul").replaceChildren(...noted.map((row) => {
    const item = document.createElement("li");
    const chosen = row.querySelector("input:checked")?.value;
    item.append(linkTo(row), ` ${JSON.parse(row.dataset.facts)[chosen] ?? ""}`);
    return item;
  }));
}

function linkTo(row) {
  const link = document.createElement("a");
  link.href = `#${row.id}`;
  link.textContent = row.querySelector(".q__no")?.textContent ?? row.querySelector("[data-ask]").textContent;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    focusStop(row);
  });
  return link;
}

function firstOpen(sheet) {
  return sheet.stops().find((stop) => !sheet.isAnswered(stop)) ?? sheet.judgement;
}

async function vaultOf(account) {
  try {
    return await openVault(account, async () => {
      const response = await postJson("/device-key", {});
      if (!response.ok) throw new Error("no key");
      const { key } = await response.json();
      return Uint8Array.from(atob(key), (sign) => sign.charCodeAt(0));
    });
  } catch {
    return null; // No device store here: the server keeps everything.
  }
}

async function restore(sheet, saving, vault) {
  const kept = await vault.read(saving.id);
  if (!kept || kept.isSent || one(".errors")) return false;
  if (kept.revision < saving.revision) return false;
  makeRoom(form, kept.fields);
  sheet.fill(kept.fields);
  sheet.refresh();
  await saving.keep();
  return true;
}

function reports(sheet) {
  return {
    onSaved({ hints = {} }) {
      for (const echo of form.querySelectorAll('[data-echo="applicant.nik"]')) {
        echo.textContent = hints["applicant.nik"] ?? "";
      }
    },
    onConflict({ stored_at, sent_at, revision }) {
      const box = one("[data-conflict]");
      const words = one("[data-conflict-words]");
      words.textContent = words.dataset.text.replace("{stored}", stored_at).replace("{sent}", sent_at);
      box.dataset.revision = revision;
      box.hidden = false;
    },
    onGone: () => location.reload(),
    onSignedOut: () => announce(sheet.words.ended),
  };
}

function standAside() {
  form.hidden = true;
  one("[data-elsewhere]").hidden = false;
  document.documentElement.dataset.moved = "";
  one("[data-move-here]").focus();
}

one("[data-move-here]").addEventListener("click", async () => {
  await moveHere(form.dataset.draft);
  location.reload();
});

start();
