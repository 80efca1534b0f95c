// The keyboard: one key per answer while an answer group has the focus, and nothing elsewhere.

import { announce } from "../frame.js";
import { focusStop } from "./focus.js";
import { readGuidance } from "./guide.js";
import { backToAnswer, nextInNote, openNote } from "./notes.js";

const ANSWERS = { y: "y", 1: "y", t: "t", 2: "t", b: "b", 3: "b", "?": "b", "/": "b", 4: "4", 5: "5" };
const PLACES = { 1: 0, 2: 1, 3: 2 };
const JUDGEMENTS = { ...PLACES, l: 0, p: 1, r: 2 };

/** Listens to the page. `store` keeps the page on the device; `review` goes to what is left. */
export class Keyboard {
  #sheet;
  #store;
  #review;
  #busy = null;
  #waiting = [];

  constructor(sheet, store, review) {
    this.#sheet = sheet;
    this.#store = store;
    this.#review = review;
    this.hasLetters = document.documentElement.dataset.keys !== "off";
    this.advances = document.documentElement.dataset.advance !== "off";
    sheet.form.addEventListener("keydown", (event) => this.#hear(event));
  }

  #hear(event) {
    if (event.isComposing || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (event.repeat) return;
      if (this.#busy) this.#waiting.push({ key: "", action: () => this.#review() });
      else this.#run(() => this.#review());
      return;
    }
    if (event.key === "Tab" || event.key === "F9") return;
    if (this.#busy) {
      // The focus is about to move: what is typed now belongs to where it goes.
      event.preventDefault();
      if (!event.repeat) this.#waiting.push({ key: event.key, shiftKey: event.shiftKey });
      return;
    }
    const action = this.#actionFor(event.target, event);
    if (!action) return;
    event.preventDefault();
    if (!event.repeat) this.#run(action);
  }

  #run(action) {
    this.#sheet.form.dataset.busy = "";
    this.#busy = this.#workThrough(action).finally(() => {
      this.#busy = null;
      delete this.#sheet.form.dataset.busy;
    });
  }

  async #workThrough(action) {
    await action();
    while (this.#waiting.length) {
      const { key, shiftKey, action: asked } = this.#waiting.shift();
      const target = document.activeElement;
      const next = asked ?? (this.#sheet.form.contains(target) ? this.#actionFor(target, { key, shiftKey }) : null);
      if (next) await next();
      else if (key.length === 1) insert(target, key);
      else if (key === "Enter" && target.matches("button")) target.click();
    }
  }

  #actionFor(target, { key, shiftKey }) {
    if (target.type === "radio") return this.#answerAction(target, key);
    if (target.matches("[data-note] textarea")) return this.#noteAction(target, key, shiftKey);
    if (target.matches("[data-party] select") && /^[1-7]$/.test(key)) return () => this.#chooseRole(target, Number(key));
    if (target.matches("input:not([type=checkbox]):not([type=file]), select") && key === "Enter") {
      return () => this.#acceptField(target);
    }
    return null;
  }

  #answerAction(radio, key) {
    const row = radio.closest("fieldset");
    if (key === "Backspace") return () => this.#goBack(row);
    if (key === "Delete") return () => this.#clear(row);
    if (key === "Enter") return () => this.#go(this.#sheet.nextOpen(row));
    if (!this.hasLetters) return null;
    const letter = key.toLowerCase();
    if (letter === "n") return async () => openNote(row);
    if (letter === "g") return async () => readGuidance(row);
    if (key === "[" || key === "]") return () => this.#goToPart(row, key === "]" ? 1 : -1);
    const chosen = this.#radioFor(row, letter);
    if (chosen === undefined) return null;
    if (chosen === null) return async () => announce(this.#sheet.words.extra);
    return () => this.#answer(row, chosen);
  }

  #radioFor(row, letter) {
    const radios = [...row.querySelectorAll("input[type=radio]")];
    if ("judgement" in row.dataset) return radios[JUDGEMENTS[letter]];
    if ("paper" in row.dataset) return radios[PLACES[letter]];
    const wanted = ANSWERS[letter];
    if (!wanted) return undefined;
    const found = radios.find((radio) => radio.dataset.key === wanted);
    return found ?? (wanted === "y" ? null : undefined);
  }

  async #answer(row, radio) {
    radio.checked = true;
    this.#sheet.refresh();
    this.#sheet.tellFact(row);
    await this.#store();
    if ("judgement" in row.dataset) return this.#afterJudgement();
    if (this.#sheet.lacksNote(row)) {
      openNote(row);
    } else if (this.advances) {
      await this.#go(this.#sheet.nextOpen(row));
    } else {
      radio.focus();
    }
  }

  #afterJudgement() {
    const reason = this.#sheet.form.querySelector("[data-reason]");
    const target = reason.hidden ? this.#sheet.form.querySelector("[data-seal]") : reason.querySelector("input");
    focusStop(target);
  }

  async #go(stop) {
    if (this.#sheet.form.contains(stop)) this.#sheet.reach(stop);
    focusStop(stop);
  }

  async #goBack(row) {
    const stop = this.#sheet.previous(row);
    if (stop) focusStop(stop);
  }

  async #clear(row) {
    for (const radio of row.querySelectorAll("input[type=radio]")) radio.checked = false;
    this.#sheet.refresh();
    this.#sheet.tellFact(row);
    await this.#store();
    focusStop(row);
  }

  async #goToPart(row, step) {
    const stops = this.#sheet.stops();
    const firsts = [];
    for (const stop of stops) {
      const part = stop.closest("[data-part]").dataset.part;
      if (firsts.at(-1)?.part !== part) firsts.push({ part, stop });
    }
    const here = firsts.findIndex(({ part }) => part === row.closest("[data-part]").dataset.part);
    const there = firsts[here + step];
    if (there) await this.#go(there.stop);
  }

  async #acceptField(field) {
    const isRead = this.#sheet.accept(field);
    this.#sheet.refresh();
    field.dataset.passed = "";
    await this.#store();
    if (!isRead) return announce(this.#sheet.form.querySelector(`[data-echo="${field.name}"]`).textContent);
    const group = field.closest("[data-party], .identity__fields");
    if (field.name === "judgement_reason") return focusStop(this.#sheet.form.querySelector("[data-seal]"));
    if (group) return this.#nextInGroup(field, group);
    await this.#go(this.#sheet.nextOpen(field));
  }

  #nextInGroup(field, group) {
    const fields = [...group.querySelectorAll("input, select")];
    const next = fields[fields.indexOf(field) + 1];
    if (next) return focusStop(next);
    const party = this.#sheet.form.querySelector("#others select");
    return this.#go(this.#sheet.nextOpen(group.matches("[data-party]") ? party : null));
  }

  async #chooseRole(select, number) {
    select.selectedIndex = number;
    await this.#store();
    this.#nextInGroup(select, select.closest("[data-party]"));
  }

  #noteAction(area, key, shiftKey) {
    if (key === "Escape") {
      return async () => {
        await this.#store();
        backToAnswer(area);
      };
    }
    if (key !== "Enter" || shiftKey) return null;
    return async () => {
      this.#sheet.refresh();
      await this.#store();
      const second = nextInNote(area);
      if (second) second.focus();
      else await this.#go(this.#sheet.nextOpen(area.closest("fieldset")));
    };
  }
}

function insert(target, letter) {
  if (!target.matches("input, textarea") || target.type === "radio") return;
  target.setRangeText(letter, target.selectionStart, target.selectionEnd, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
}
