// Dates as people type them at the counter; the server reads them the same way (forms/dates.py).

const MONTHS = new Map(
  [
    "jan", "feb", "mar", "apr", "mei may", "jun", "jul", "agu ags aug", "sep", "okt oct", "nov nop", "des dec",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1])),
);
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const FORMS = [
  /^(\d{2})(\d{2})(\d{2}|\d{4})?$/,
  /^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?$/,
  /^(\d{1,2})[-/. ]?([a-z]{3,9})\.?(?:[-/. ]?(\d{2}|\d{4}))?$/,
];

export const UNKNOWN = "?";

/** Returns the day as a Date at midnight UTC, or null; side is "ahead" or "behind". */
export function readDate(text, today, side = "ahead") {
  const typed = text.trim().toLowerCase().split(/\s+/).join(" ");
  const iso = ISO.exec(typed);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  for (const form of FORMS) {
    const found = form.exec(typed);
    if (!found) continue;
    const [, number, name, year] = found;
    const month = /^\d/.test(name) ? Number(name) : MONTHS.get(name.slice(0, 3)) ?? 0;
    return inYear(Number(number), month, year, today, side);
  }
  return null;
}

/** Writes a day in words: Minggu, 20 Desember 2026. */
export function inWords(date, locale) {
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale, options).format(date);
}

/** Writes a day as the field shows it: 20-12-2026. */
export function inField(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(date.getUTCDate())}-${two(date.getUTCMonth() + 1)}-${date.getUTCFullYear()}`;
}

/** Returns whole years between birth and today. */
export function ageOn(born, today) {
  const before =
    today.getUTCMonth() < born.getUTCMonth() ||
    (today.getUTCMonth() === born.getUTCMonth() && today.getUTCDate() < born.getUTCDate());
  return today.getUTCFullYear() - born.getUTCFullYear() - (before ? 1 : 0);
}

function inYear(number, month, year, today, side) {
  if (!year) return nearest(number, month, today, side);
  if (year.length > 2) return day(Number(year), month, number);
  const century = today.getUTCFullYear() - (today.getUTCFullYear() % 100);
  const found = day(century + Number(year), month, number);
  if (side === "behind" && (!found || found > today)) return day(century - 100 + Number(year), month, number);
  return found;
}

function nearest(number, month, today, side) {
  const step = side === "ahead" ? 1 : -1;
  for (let distance = 0; distance <= 8; distance += 1) {
    const found = day(today.getUTCFullYear() + step * distance, month, number);
    if (found && (found - today) * step >= 0) return found;
  }
  return null;
}

function day(year, month, number) {
  const found = new Date(0);
  found.setUTCFullYear(year, month - 1, number);
  const exists = year > 0 && found.getUTCMonth() === month - 1 && found.getUTCDate() === number;
  return exists ? found : null;
}
