// Sealing: everything saved first, one request however often the button is pressed.

import { announce } from "../frame.js";

const INCOMPLETE = 422;

/** Sends the form once; without the network the button says so and the draft stays. */
export class Sealing {
  #sheet;
  #saving;
  #isUnderWay = false;

  constructor(sheet, saving) {
    this.#sheet = sheet;
    this.#saving = saving;
    sheet.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#seal();
    });
    addEventListener("online", () => this.#tell());
    addEventListener("offline", () => this.#tell());
    this.#tell();
  }

  async #seal() {
    if (this.#isUnderWay) return;
    if (!navigator.onLine) return announce(this.#sheet.words.waiting);
    this.#isUnderWay = true;
    this.#say(this.#sheet.words.saving);
    const isSaved = await this.#saving.flush();
    const outcome = isSaved ? await this.#post() : "away";
    if (outcome === "sealed") return location.replace(this.#sheet.form.action);
    if (outcome === "incomplete") return location.replace(`${this.#sheet.form.action}?check=1`);
    if (outcome === "refused") return this.#sheet.form.submit();
    this.#isUnderWay = false;
    announce(this.#sheet.words.failed);
    this.#tell();
  }

  /** Asks for the seal. What is to be put right is fetched as a page of its own, so that going
   * back never asks to send the form again; any other refusal by sending the form as it is. */
  async #post() {
    const form = this.#sheet.form;
    const body = new URLSearchParams([...new FormData(form), ["step", "seal"]]);
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (response.status === INCOMPLETE) return "incomplete";
      if (response.type !== "opaqueredirect") return "refused";
    } catch {
      return "away";
    }
    this.#saving.stop();
    return "sealed";
  }

  #tell() {
    const isOnline = navigator.onLine;
    const words = this.#sheet.words;
    this.#say(isOnline ? words.seal : words.waiting);
    this.#sheet.form.querySelector("[data-seal]").setAttribute("aria-disabled", String(!isOnline));
    if (isOnline) this.#saving.flush();
  }

  #say(words) {
    this.#sheet.form.querySelector("[data-seal-word]").textContent = words;
  }
}
