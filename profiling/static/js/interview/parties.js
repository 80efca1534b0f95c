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

/** Lets districts follow the regency, and villages the district. */
export function followPlaces(form, words) {
  const [regency, district, village] = ["regency", "district", "village"].map((name) =>
    form.elements.namedItem(`applicant.${name}`),
  );
  const narrow = () => {
    for (const option of district.options) {
      option.hidden = Boolean(regency.value && option.value && !option.value.startsWith(regency.value));
    }
    if (district.selectedOptions[0]?.hidden) district.value = "";
  };
  regency.addEventListener("change", narrow);
  district.addEventListener("change", async () => {
    const first = new Option(words.village, "");
    village.replaceChildren(first);
    if (!district.value) return;
    const response = await fetch(form.dataset.villages + district.value, { credentials: "same-origin" });
    if (!response.ok) return;
    village.replaceChildren(first, ...(await response.json()).map(([code, name]) => new Option(name, code)));
  });
  narrow();
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
