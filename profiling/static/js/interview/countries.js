// Countries as people type them; the server reads them the same way (forms/countries.py).

/** Returns [code, name] of the best match among [[code, name], ...], or null. */
export function bestMatch(typed, countries) {
  const wanted = folded(typed);
  if (wanted.length < 2) return null;
  let best = null;
  for (const country of countries) {
    const rank = rankOf(wanted, country);
    if (rank !== null && (best === null || rank < best.rank)) best = { rank, country };
  }
  return best?.country ?? null;
}

function folded(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  return plain.trim().split(/\s+/).join(" ");
}

function rankOf(wanted, [code, name]) {
  if (wanted === code.toLowerCase()) return 0;
  const words = folded(name);
  if (words === wanted) return 1;
  if (words.startsWith(wanted)) return 3;
  if (words.split(" ").some((word) => word.startsWith(wanted))) return 5;
  return code.toLowerCase().startsWith(wanted) ? 7 : null;
}
