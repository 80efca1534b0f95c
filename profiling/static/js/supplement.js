// Further answers and corrections: one key per answer, follow-ups and notes open when they are needed.

const ANSWERS = { y: "y", 1: "y", t: "t", 2: "t", b: "b", 3: "b", "?": "b", "/": "b", 4: "4", 5: "5" };
const PLACES = { 1: 0, 2: 1, 3: 2 };
const ADVERSE = new Set(["ya", "ejaan", "identitas_berbeda"]);

const form = document.querySelector("[data-supplement]");
const { keys, advance } = document.documentElement.dataset;

const chosenIn = (row) => row.querySelector("input[type=radio]:checked")?.value;
const firstOf = (row) => row?.querySelector("input:checked") ?? row?.querySelector("input");
const rows = () => [...form.querySelectorAll("fieldset.q")].filter((row) => row.offsetParent !== null);

/** Opens what belongs to the answers: follow-ups of an opening question, notes of grave answers. */
function refresh() {
  for (const row of form.querySelectorAll("fieldset.q")) delete row.dataset.closed;
  for (const follow of form.querySelectorAll("[data-behind]")) {
    const gate = document.getElementById(`q-${follow.dataset.behind}`);
    follow.hidden = Boolean(gate) && chosenIn(gate) !== "ya";
  }
  for (const row of form.querySelectorAll("fieldset.q")) {
    const note = row.querySelector("[data-note]");
    if (!note) continue;
    const isWritten = [...note.querySelectorAll("textarea")].some((area) => area.value.trim());
    const isNeeded = ADVERSE.has(chosenIn(row)) || note.querySelector(".field__error");
    note.toggleAttribute("data-open", Boolean(isWritten || isNeeded));
  }
}

function radioFor(row, key) {
  const radios = [...row.querySelectorAll("input[type=radio]")];
  if (row.dataset.paper) return radios[PLACES[key]];
  const wanted = ANSWERS[key.toLowerCase()];
  return wanted && radios.find((radio) => radio.dataset.key === wanted);
}

function goOn(row) {
  const note = row.querySelector("[data-note][data-open] textarea");
  if (note && !note.value.trim()) return note.focus();
  const rest = rows();
  const next = rest.slice(rest.indexOf(row) + 1).find((each) => !chosenIn(each) || chosenIn(each) === "td");
  (firstOf(next) ?? form.elements.reason).focus();
}

form.addEventListener("keydown", (event) => {
  const { target, key, repeat } = event;
  if (target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
  const row = target.closest("fieldset");
  if (key === "Enter") {
    event.preventDefault();
    goOn(row);
    return;
  }
  const radio = keys === "off" ? null : radioFor(row, key);
  if (!radio) return;
  event.preventDefault();
  if (repeat) return;
  radio.checked = true;
  refresh();
  if (advance === "off") radio.focus();
  else goOn(row);
});
form.addEventListener("change", refresh);

refresh();
if (!document.querySelector(".errors")) {
  (firstOf(rows()[0]) ?? form.elements.reason).focus();
}
