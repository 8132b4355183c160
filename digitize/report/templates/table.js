"use strict";
// The table of pages: sorting by a click on a heading, and a filter by name.
(() => {
  const table = document.querySelector("#pages");
  if (!table) return;
  const body = table.tBodies[0];

  function sort(heading) {
    const cells = [...heading.parentElement.cells];
    const column = cells.indexOf(heading);
    // Names rise first; of figures the largest are looked for.
    const before = heading.ariaSort;
    const falling = before === "none" ? column > 0 : before === "ascending";
    cells.forEach((cell) => (cell.ariaSort = "none"));
    heading.ariaSort = falling ? "descending" : "ascending";
    const sign = falling ? -1 : 1;
    const value = (row) => row.cells[column].dataset.v;
    const names = new Intl.Collator("zh", { numeric: true });
    const order = (a, b) => {
      if (!column) return sign * names.compare(a.cells[0].textContent, b.cells[0].textContent);
      const [x, y] = [value(a), value(b)];
      if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
      return sign * (x - y);
    };
    body.append(...[...body.rows].sort(order));
  }

  function filter(text) {
    const rows = [...body.rows];
    const wanted = text.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
    document.querySelector("#page-count").textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  }

  table.tHead.addEventListener("click", (event) => {
    const heading = event.target.closest("th");
    if (heading) sort(heading);
  });
  document.querySelector("#page-filter").addEventListener("input", (event) => filter(event.target.value));
})();
