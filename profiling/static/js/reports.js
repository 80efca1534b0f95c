// Printing a report: the button works only where scripts do; tables open on paper and close again.

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const opened = new Set();
window.addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll("details.more:not([open])")) {
    table.open = true;
    opened.add(table);
  }
});
window.addEventListener("afterprint", () => {
  for (const table of opened) table.open = false;
  opened.clear();
});
