// Moving the focus: to a question, a field, a note; always into the middle of the screen.

/** Focuses a stop: the chosen or first answer of a group, or a field with its text selected. */
export function focusStop(stop) {
  const target = stop.matches("fieldset")
    ? stop.querySelector("input:checked") ?? stop.querySelector("input")
    : stop;
  target.focus({ preventScroll: true });
  if (target.matches("input:not([type=radio])")) target.select();
  toMiddle(stop);
}

/** Scrolls so that the element lies in the middle third of the screen. */
export function toMiddle(element) {
  const box = element.getBoundingClientRect();
  const middle = box.top + Math.min(box.height, innerHeight / 3) / 2;
  if (middle < innerHeight / 3 || middle > (innerHeight * 2) / 3) scrollBy(0, middle - innerHeight / 2);
}
