// Other parties and places: rows that are added, lists that follow each other.

/** Adds a row of third parties on request. */
export function addParties(form) {
  const rows = form.querySelector("[data-parties]");
  form.querySelector("[data-add-party]").addEventListener("click", (event) => {
    event.preventDefault();
    addRow(rows).querySelector("select").focus();
  });
}

/** Makes sure that there are rows for what was stored. */
export function makeRoom(form, fields) {
  const rows = form.querySelector("[data-parties]");
  const numbers = Object.keys(fields).map((name) => Number(/^third_parties\.(\d+)\./.exec(name)?.[1] ?? -1));
  while (rows.children.length <= Math.max(...numbers, 0)) addRow(rows);
}

/** Lets districts follow the regency, and villages the district; lists are fetched when wanted. */
export function followPlaces(form, words) {
  const [regency, district, village] = ["regency", "district", "village"].map((name) =>
    form.elements.namedItem(`applicant.${name}`),
  );
  const list = async (select, parent) => {
    const chosen = select.value;
    const places = parent ? await placesIn(form.dataset.places, parent) : [];
    if (!places) return;
    select.replaceChildren(new Option(words.place, ""), ...places.map(([code, name]) => new Option(name, code)));
    select.value = places.some(([code]) => code === chosen) ? chosen : "";
  };
  regency.addEventListener("change", async () => {
    await list(district, regency.value);
    await list(village, district.value);
  });
  district.addEventListener("change", () => list(village, district.value));
  form.querySelector("#identity").addEventListener(
    "toggle",
    async () => {
      await list(district, regency.value);
      await list(village, district.value);
    },
    { once: true },
  );
}

async function placesIn(address, parent) {
  try {
    const response = await fetch(address.replace(/-$/, parent), { credentials: "same-origin" });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // Without the network the lists stay as they are.
  }
}

function addRow(rows) {
  const number = rows.children.length;
  const row = rows.lastElementChild.cloneNode(true);
  row.dataset.party = number;
  for (const control of row.querySelectorAll("input, select")) {
    control.name = control.name.replace(/\.\d+\./, `.${number}.`);
    control.id = control.name;
    control.value = "";
    delete control.dataset.passed;
  }
  for (const label of row.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/\.\d+\./, `.${number}.`);
  for (const problem of row.querySelectorAll(".field__error")) problem.remove();
  rows.append(row);
  return row;
}
