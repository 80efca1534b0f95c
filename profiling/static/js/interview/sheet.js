// The page as a sheet: what stands in each field, which questions are open, what is still missing.

import { bestMatch } from "./countries.js";
import { UNKNOWN, ageOn, inField, inWords, readDate } from "./dates.js";
import { missingPapers, needsNote, route } from "./routing.js";

const JOURNEY = ["purpose", "destination", "departure_date", "stay_days"];
const PRIVATE_PART = "E";
const NOTE_MIN = 10;

/** Wraps the form; everything it knows stands in the form's fields. */
export class Sheet {
  constructor(form) {
    this.form = form;
    this.tables = JSON.parse(form.dataset.tables);
    this.words = JSON.parse(form.dataset.words);
    this.today = new Date(`${form.dataset.today}T00:00:00Z`);
    this.rows = new Map([...form.querySelectorAll("[data-code]")].map((row) => [row.dataset.code, row]));
    this.papers = [...form.querySelectorAll("[data-paper]")];
    this.judgement = form.querySelector("[data-judgement]");
    this.steps = [];
  }

  /** Returns every filled-in field by name. */
  fields() {
    const filled = [...new FormData(this.form)].filter(
      ([name, value]) => value !== "" && name !== "csrf_token" && name !== "revision",
    );
    return Object.fromEntries(filled);
  }

  /** Puts stored fields back. */
  fill(fields) {
    for (const control of this.form.elements) {
      if (!control.name || control.name === "csrf_token" || control.name === "revision") continue;
      const value = fields[control.name] ?? "";
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else if (control.type !== "submit") control.value = value;
    }
  }

  value(name) {
    const control = this.form.elements.namedItem(name);
    return control?.value ?? "";
  }

  get isChild() {
    return this.age !== null && this.age < this.tables.adult_age;
  }

  get age() {
    const born = readDate(this.value("applicant.birth_date"), this.today, "behind");
    return born && born <= this.today ? ageOn(born, this.today) : null;
  }

  /** Opens and closes questions for what is filled in now. */
  refresh() {
    const answers = this.answers();
    this.steps = route(this.tables, this.#known(answers));
    const asked = new Set(this.steps);
    for (const [code, row] of this.rows) this.#show(row, asked.has(code));
    for (const paper of this.papers) paper.hidden = paper.dataset.purpose !== this.value("purpose");
    this.#showParts(asked, answers);
    this.#reword();
    this.#number();
    this.#tellUnused(answers);
    this.#count(answers);
    this.#showIdentity();
  }

  /** Returns the stored answers by code. */
  answers() {
    const given = new Map();
    for (const [code, row] of this.rows) {
      const chosen = row.querySelector("input[type=radio]:checked");
      if (chosen) given.set(code, chosen.value);
    }
    return given;
  }

  /** Returns the stops of the page in order: elements that take the focus one after the other. */
  stops() {
    const journey = JOURNEY.map((name) => this.form.elements.namedItem(name));
    const papers = this.papers.filter((paper) => !paper.hidden);
    const inParts = this.steps.filter((code) => this.#partOf(code) < "E").map((code) => this.rows.get(code));
    const later = this.steps.filter((code) => this.#partOf(code) >= "E").map((code) => this.rows.get(code));
    const party = this.form.querySelector("#others");
    const parties = party.hidden ? [] : [party.querySelector("select")];
    return [...journey, ...papers, ...inParts, ...parties, ...later, this.judgement];
  }

  isAnswered(stop) {
    if (stop.matches("fieldset")) return stop.querySelector("input:checked") !== null;
    return stop.value !== "" || stop.dataset.passed !== undefined;
  }

  /** Returns the next stop after this one that is still open, else the judgement. */
  nextOpen(after) {
    const stops = this.stops();
    const rest = stops.slice(stops.indexOf(after) + 1);
    return rest.find((stop) => !this.isAnswered(stop)) ?? this.judgement;
  }

  previous(before) {
    const stops = this.stops();
    return stops[stops.indexOf(before) - 1] ?? null;
  }

  /** Returns the first question or paper without an answer, or null. */
  firstGap() {
    return this.gaps()[0] ?? null;
  }

  gaps() {
    return this.stops().filter((stop) => stop.matches("fieldset") && stop !== this.judgement && !this.isAnswered(stop));
  }

  needsNote(row) {
    const chosen = row.querySelector("input:checked")?.value;
    return Boolean(row.dataset.code) && needsNote(this.tables, row.dataset.code, chosen, this.isChild);
  }

  lacksNote(row) {
    const note = row.querySelector("textarea");
    return this.needsNote(row) && note.value.trim().length < NOTE_MIN;
  }

  /** Opens the private part and remembers that it was reached. */
  reach(row) {
    const part = row.closest("[data-part]");
    if (part?.dataset.part !== PRIVATE_PART || !("closed" in part.dataset)) return;
    this.form.elements.reached.value = PRIVATE_PART;
    delete part.dataset.closed;
    this.refresh();
  }

  /** Says what the answer means, in the row that was answered last only. */
  tellFact(row) {
    for (const fact of this.form.querySelectorAll("[data-fact]:not([hidden])")) fact.hidden = true;
    const fact = row.querySelector("[data-fact]");
    const chosen = row.querySelector("input:checked")?.value;
    const text = chosen && JSON.parse(row.dataset.facts ?? "{}")[chosen];
    if (!fact || !text) return;
    fact.textContent = text;
    fact.hidden = false;
  }

  /** Completes a country, echoes a date; returns false when it cannot be read. */
  accept(control) {
    const echo = this.form.querySelector(`[data-echo="${control.name}"]`);
    const [isRead, said] = this.#read(control);
    if (echo && said !== null) echo.textContent = said;
    if (echo) control.setAttribute("aria-invalid", String(!isRead));
    return isRead;
  }

  #read(control) {
    const typed = control.value.trim();
    if ("date" in control.dataset) {
      if (typed === "" || typed === UNKNOWN) return [true, typed ? this.words.undated : ""];
      const found = readDate(typed, this.today, control.dataset.date);
      if (!found) return [false, this.words.unread];
      control.value = inField(found);
      return [true, inWords(found, this.form.dataset.locale)];
    }
    if ("country" in control.dataset) {
      if (typed === "" || typed === UNKNOWN) return [true, typed ? this.words.unknown : ""];
      const match = bestMatch(typed, this.tables.countries);
      if (!match) return [false, this.words.unlisted];
      control.value = match[1];
      return [true, ""];
    }
    return [true, null];
  }

  #known(answers) {
    const purpose = this.value("purpose") || "LLN";
    const documents = new Map(
      this.papers.map((paper) => [paper.dataset.paper, paper.querySelector("input:checked")?.value]),
    );
    const stay = this.value("stay_days");
    const facts = {
      purpose,
      age: this.age ?? this.tables.adult_age,
      stay_days: /^\d+$/.test(stay) ? Number(stay) : null,
      destination: bestMatch(this.value("destination"), this.tables.countries)?.[0] ?? null,
      missing_documents: missingPapers(this.tables, purpose, documents),
    };
    const departure = readDate(this.value("departure_date"), this.today);
    return { purpose, answers, facts, departure, today: this.today };
  }

  #partOf(code) {
    return this.rows.get(code).closest("[data-part]").dataset.part;
  }

  #show(row, isOpen) {
    delete row.dataset.closed;
    if (isOpen && row.hidden) row.classList.add("opened");
    row.hidden = !isOpen;
  }

  #showParts(asked, answers) {
    for (const part of this.form.querySelectorAll("[data-part]")) {
      const letter = part.dataset.part;
      const rows = [...part.querySelectorAll("[data-code]")];
      if (letter === "B") part.hidden = this.papers.every((paper) => paper.hidden);
      else if (letter === PRIVATE_PART) this.#showPrivatePart(part);
      else if (rows.length) part.hidden = !rows.some((row) => asked.has(row.dataset.code));
      if (letter !== PRIVATE_PART) delete part.dataset.closed;
    }
    const hasOthers = answers.get("GT-1") === "ya" || answers.get("GT-2") === "ya";
    this.form.querySelector("#others").hidden = !hasOthers;
    this.form.querySelector("[data-reason]").hidden = !["perdalam", "rujuk"].includes(this.value("officer_judgement"));
  }

  #showPrivatePart(part) {
    const isReached = this.form.elements.reached.value.includes(PRIVATE_PART);
    if (isReached) delete part.dataset.closed;
    else part.dataset.closed = "";
    part.querySelector("[data-open-part]").hidden = isReached;
  }

  #reword() {
    const purpose = this.value("purpose");
    for (const row of this.form.querySelectorAll("[data-asks]")) {
      const asks = JSON.parse(row.dataset.asks);
      write(row.querySelector("[data-ask]"), (this.isChild && asks.child) || asks[purpose] || asks[""]);
    }
  }

  #number() {
    const counts = {};
    for (const code of this.steps) {
      const part = this.#partOf(code);
      counts[part] = (counts[part] ?? 0) + 1;
      write(this.rows.get(code).querySelector(".q__no"), `${part}${counts[part]}`);
    }
  }

  #tellUnused(answers) {
    for (const item of this.tables.steps.filter((step) => step.opens)) {
      const line = this.rows.get(item.code).querySelector("[data-unused]");
      const isClosed = ["tidak", "td"].includes(answers.get(item.code));
      const kept = isClosed ? item.opens.filter((code) => answers.has(code)).length : 0;
      line.hidden = kept === 0;
      write(line, kept ? this.words.unused.replace("{count}", kept) : "");
    }
  }

  #count(answers) {
    const own = this.steps.filter((code) => answers.has(code));
    const unknown = own.filter((code) => answers.get(code) === "td").length;
    const notes = this.steps.filter((code) => this.rows.get(code).querySelector("textarea")?.value.trim()).length;
    const parts = [this.words.count.replace("{answered}", own.length).replace("{asked}", this.steps.length)];
    if (unknown) parts.push(this.words.unknowns.replace("{count}", unknown));
    if (notes) parts.push(this.words.notes.replace("{count}", notes));
    write(this.form.querySelector(".part__head [data-count]"), parts.join(", "));
    for (const code of this.rows.keys()) {
      const row = this.rows.get(code);
      const noted = row.querySelector("[data-noted]");
      if (noted) noted.hidden = !row.querySelector("textarea").value.trim() || this.isNoteOpen(row);
    }
  }

  isNoteOpen(row) {
    return "open" in (row.querySelector("[data-note]")?.dataset ?? {});
  }

  #showIdentity() {
    const strip = document.querySelector("[data-strip]");
    const purpose = this.form.elements.purpose;
    write(strip.querySelector("[data-name]"), this.value("applicant.name"));
    write(strip.querySelector("[data-purpose-word]"), purpose.value ? purpose.selectedOptions[0].textContent : "");
    const parts = this.age === null ? [] : [this.words.years.replace("{age}", this.age)];
    if (this.isChild) parts.unshift(this.words.child);
    write(strip.querySelector("[data-age]"), parts.map((part) => `, ${part}`).join(""));
  }
}

/** Writes a text where another one stands: what stays as it is need not be laid out again. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
