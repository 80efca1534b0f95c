// Autosave: to the device at once, to the server a moment later, in words that stay calm.

import { announce } from "../frame.js";

const PAUSE = 800;
const RETRIES = [2_000, 5_000, 10_000, 30_000];

/** Saves one draft; `collect` returns its fields, `onConflict` is told of a newer revision. */
export class Saving {
  #form;
  #words;
  #collect;
  #vault = null;
  #isKept = false;
  #timer = null;
  #sending = null;
  #isChanged = false;
  #hasFailed = false;
  #tries = 0;
  #isStopped = false;

  constructor(form, words, collect, reports) {
    this.#form = form;
    this.#words = words;
    this.#collect = collect;
    this.reports = reports;
    this.revision = Number(form.elements.revision.value);
  }

  useVault(vault) {
    this.#vault = vault;
  }

  get id() {
    return this.#form.dataset.draft;
  }

  /** Keeps the page on the device, and lets the server follow; resolves when the device has it. */
  async keep() {
    if (this.#isStopped) return;
    this.#isChanged = true;
    this.#schedule(PAUSE);
    await this.#onDevice();
  }

  /** Sends what is not sent yet; resolves to whether the server holds everything. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.#sending) await this.#sending;
    if (this.#isChanged) await this.#send();
    return !this.#isChanged;
  }

  /** Ends saving from this page: it moved elsewhere or is being sealed. */
  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Removes what the device holds of this draft. */
  async forget() {
    await this.#vault?.drop(this.id).catch(() => {});
  }

  takeRevision(revision) {
    this.revision = revision;
    this.#form.elements.revision.value = revision;
  }

  async #onDevice() {
    if (!this.#vault) return;
    try {
      await this.#vault.keep(this.id, this.#collect(), this.revision);
      this.#isKept = true;
      if (!navigator.onLine) this.#hasFailed = true; // The offline strip has said so.
      if (this.#hasFailed) this.#say(this.#words.kept);
    } catch {
      this.#isKept = false; // The next answer tries again; until then only the server keeps.
    }
  }

  #schedule(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  #send() {
    this.#sending = this.#put().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #put() {
    const fields = this.#collect();
    this.#isChanged = false;
    this.#say(this.#words.saving);
    try {
      const response = await fetch(this.#form.dataset.save, {
        method: "PUT",
        credentials: "same-origin",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
        },
        body: JSON.stringify({ revision: this.revision, fields }),
      });
      await this.#heard(response);
    } catch {
      this.#failed();
    }
  }

  async #heard(response) {
    const body = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    if (response.ok) {
      this.takeRevision(body.revision);
      if (!this.#isChanged) await this.#vault?.markSent(this.id, body.revision).catch(() => {});
      this.#succeeded(body);
    } else if (response.status === 409 && body.error === "stale_draft") {
      this.#isChanged = true;
      this.#say(this.#words.unsaved);
      this.reports.onConflict(body);
    } else if (response.status === 409 || response.status === 404) {
      this.stop();
      this.reports.onGone();
    } else if (response.status === 401) {
      this.#isChanged = true;
      this.#say(this.#words.unsaved);
      this.reports.onSignedOut();
    } else {
      this.#failed();
    }
  }

  #succeeded(body) {
    this.#tries = 0;
    this.#say(this.#words.saved.replace("{time}", body.saved_at));
    if (this.#hasFailed) announce(this.#words.recovered);
    this.#hasFailed = false;
    this.reports.onSaved(body);
  }

  #failed() {
    this.#isChanged = true;
    if (!this.#hasFailed) announce(this.#words.failed);
    this.#hasFailed = true;
    this.#say(this.#isKept ? this.#words.kept : this.#words.unsaved);
    if (!this.#isStopped) this.#schedule(RETRIES[Math.min(this.#tries, RETRIES.length - 1)]);
    this.#tries += 1;
  }

  #say(words) {
    document.querySelector("[data-save-word]").textContent = words;
  }
}
