"use strict";
// Search among the texts, and sort any table. Values are read from the page and never written into it as markup.
(() => {
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const rows = [...document.querySelectorAll("#texts-table tbody tr")];
  const words = rows.map((row) => row.textContent.toLowerCase());

  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, i) => {
      const hit = wanted.every((word) => words[i].includes(word));
      row.hidden = !hit;
      count += hit;
    });
    shown.textContent = count === rows.length
      ? `${count.toLocaleString("en")} text${count === 1 ? "" : "s"}`
      : `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
  };
  search.addEventListener("input", filter);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  for (const link of document.querySelectorAll("[data-search]")) {
    link.addEventListener("click", () => {
      search.value = link.dataset.search;
      filter();
    });
  }

  // A link to a text that the search hides shows all texts again.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) {
      search.value = "";
      filter();
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);

  const key = (row, column, by) => {
    const cell = row.cells[column];
    return by === "number" ? Number(cell.dataset.value || 0) : cell.textContent.trim().toLowerCase();
  };
  const sort = (head) => {
    const table = head.closest("table");
    const by = head.dataset.by;
    const down = head.ariaSort ? head.ariaSort === "ascending" : by === "number";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row, i) => [key(row, head.cellIndex, by), i, row]);
    keyed.sort(([a, i], [b, j]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1) || i - j);
    body.append(...keyed.map(([, , row]) => row));
  };
  for (const head of document.querySelectorAll("table.sortable th")) {
    head.tabIndex = 0;
    head.addEventListener("click", () => sort(head));
    head.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        sort(head);
      }
    });
  }
  document.documentElement.dataset.ready = "yes";
})();
