// Which questions are asked, by the instrument's tables; the server routes the same way.

const CLOSING = new Set(["tidak", "td"]);
const COMPARE = { ">": (a, b) => a > b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, "<=": (a, b) => a <= b };
const DAY = 86_400_000;

/** Returns the codes asked now, in screen order; `known` holds purpose, age, answers and facts. */
export function route(tables, known) {
  const answers = expanded(tables, known.answers);
  const holds = (item) => applies(tables, item, known, answers);
  const reasons = {
    departure_soon: () => !known.departure || (known.departure - known.today) / DAY <= tables.departure_window_days,
    purpose_in_doubt: () => inDoubt(tables, known, answers, holds),
  };
  const asked = new Set(
    tables.steps
      .filter((item) => !item.opens && holds(item) && (!item.routed_when || reasons[item.routed_when]()))
      .map((item) => item.code),
  );
  return tables.steps
    .filter((item) =>
      item.opens
        ? item.opens.some((code) => asked.has(code))
        : asked.has(item.code) && (!item.gate || known.answers.get(item.gate) === "ya"),
    )
    .map((item) => item.code);
}

/** Returns whether this stored answer must be explained by a note. */
export function needsNote(tables, code, answer, isChild) {
  const item = tables.steps.find((step) => step.code === code);
  return Boolean(item?.note?.[isChild ? "child" : "adult"].includes(answer));
}

/** Counts the missing papers of the purpose; null when none is missing but not all were looked at. */
export function missingPapers(tables, purpose, documents) {
  const groups = new Map();
  for (const paper of tables.papers.filter((each) => each.purpose === purpose)) {
    groups.set(paper.group, [...(groups.get(paper.group) ?? []), documents.get(paper.code)]);
  }
  if (!groups.size) return null;
  const open = [...groups.values()].filter((seen) => !seen.includes("verified") && !seen.includes("unverified"));
  const missing = open.filter((seen) => seen.includes("missing")).length;
  return missing || (open.length ? null : 0);
}

function expanded(tables, given) {
  const answers = new Map(given);
  for (const gate of tables.steps.filter((item) => item.opens)) {
    const word = given.get(gate.code);
    for (const code of gate.opens) {
      if (CLOSING.has(word)) answers.set(code, word);
    }
  }
  return answers;
}

function applies(tables, item, known, answers) {
  if (!item.purposes.includes(known.purpose)) return false;
  return item.applies_if.some((atoms) => atoms.every((atom) => atomHolds(tables, atom, known, answers)));
}

function atomHolds(tables, [subject, operator, values], known, answers) {
  const value = subject in known.facts ? known.facts[subject] : answers.get(subject);
  if (value === null || value === undefined) return false;
  if (operator === "=") return values.includes(value);
  if (operator === "in" || operator === "not in") {
    const listed = values[0] === "closed_placements" ? tables.closed : values;
    return listed.includes(value) === (operator === "in");
  }
  const limit = values[0] === "stay_limit" ? tables.stay_limits[known.purpose] : Number(values[0]);
  return limit !== undefined && COMPARE[operator](value, limit);
}

function inDoubt(tables, known, answers, holds) {
  const isOpen = (item) => {
    const answer = answers.get(item.code);
    return answer !== undefined && answer !== "tidak";
  };
  const asked = tables.steps.some(
    (item) => item.code.startsWith(`${tables.purpose_dimension}-`) && holds(item) && isOpen(item),
  );
  return asked || tables.computed.some((item) => holds(item) && isRaised(tables, item, known, answers));
}

function isRaised(tables, item, known, answers) {
  // Before the first answer no fact is open: the officer has not come to it yet.
  if (item.empty && (known.facts[item.empty] ?? null) === null) return known.answers.size > 0;
  return item.fires_when.some((atoms) => atoms.every((atom) => atomHolds(tables, atom, known, answers)));
}
