// Drafts on this device: ciphertext under a key that scripts can use but not read.

const DRAFTS = "siaga-drafts";
const KEYS = "siaga-keys";
const STORE = "entries";
const KEPT_DAYS = 7;

/** Opens the device store of an account; `askForKey` fetches the key the first time one is needed. */
export async function openVault(account, askForKey) {
  return new Vault(account, await open(DRAFTS), () => keyOf(account, askForKey));
}

class Vault {
  #account;
  #database;
  #findKey;
  #key = null;

  constructor(account, database, findKey) {
    this.#account = account;
    this.#database = database;
    this.#findKey = findKey;
  }

  /** Gets the key ready; rejects when there is none to be had, and asks anew the next time. */
  unlock() {
    this.#key ??= this.#findKey().catch((problem) => {
      this.#key = null;
      throw problem;
    });
    return this.#key;
  }

  /** Keeps the fields of a draft; resolves when the device has them. */
  async keep(id, fields, revision) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(fields));
    const cipher = await crypto.subtle.encrypt(this.#lock(id, iv), await this.unlock(), text);
    const entry = { account: this.#account, revision, isSent: false, at: Date.now(), iv, cipher };
    await this.#write((store) => store.put(entry, id));
  }

  /** Notes that the server holds what the device holds. */
  async markSent(id, revision) {
    const entry = await this.#write((store) => store.get(id), "readonly");
    if (entry) await this.#write((store) => store.put({ ...entry, revision, isSent: true }, id));
  }

  /** Returns {fields, revision, isSent} of a draft, or null when this account cannot read it. */
  async read(id) {
    const entry = await this.#write((store) => store.get(id), "readonly");
    if (!entry || entry.account !== this.#account) return null;
    try {
      const text = await crypto.subtle.decrypt(this.#lock(id, entry.iv), await this.unlock(), entry.cipher);
      const fields = JSON.parse(new TextDecoder().decode(text));
      return { fields, revision: entry.revision, isSent: entry.isSent };
    } catch {
      return null;
    }
  }

  async drop(id) {
    await this.#write((store) => store.delete(id));
  }

  /** Removes what the server has held for a week. */
  tidy() {
    const oldest = Date.now() - KEPT_DAYS * 86_400_000;
    const store = this.#database.transaction(STORE, "readwrite").objectStore(STORE);
    store.openCursor().onsuccess = (event) => {
      const cursor = event.target.result;
      if (!cursor) return;
      if (cursor.value.isSent && cursor.value.at < oldest) cursor.delete();
      cursor.continue();
    };
  }

  #lock(id, iv) {
    const place = new TextEncoder().encode(`${this.#account}|${id}`);
    return { name: "AES-GCM", iv, additionalData: place };
  }

  #write(work, mode = "readwrite") {
    return run(this.#database, mode, work);
  }
}

async function keyOf(account, askForKey) {
  const known = await transact(KEYS, "readonly", (store) => store.get(account));
  if (known) return known;
  const key = await crypto.subtle.importKey("raw", await askForKey(), "AES-GCM", false, ["encrypt", "decrypt"]);
  await transact(KEYS, "readwrite", (store) => store.put(key, account));
  return key;
}

function open(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function run(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: "relaxed" });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

async function transact(name, mode, work) {
  const database = await open(name);
  try {
    return await run(database, mode, work);
  } finally {
    database.close();
  }
}
