
"use strict";
(() => {
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const table = document.querySelector(".offices");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "")
    .replace(/[\u0111\u0110]/g, "d").toLowerCase();
  const names = new Map(rows.map((row) => [row, fold(row.cells[0].textContent)]));
  const apply = () => {
    const words = fold(form.elements.q.value).split(/\s+/).filter(Boolean);
    let fitting = 0;
    for (const row of rows) {
      const fits = words.every((word) => names.get(row).includes(word));
      row.hidden = !fits;
      if (fits) fitting += 1;
    }
    shown.textContent = words.length ? `${form.dataset.shown} ${fitting}` : "";
  };
  const value = (row, place) => Number(row.cells[place]?.dataset.v ?? -1);
  const order = (place, up) => (one, other) => {
    const sign = up ? 1 : -1;
    return sign * (place ? value(one, place) - value(other, place)
      : names.get(one).localeCompare(names.get(other)));
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = place ? head.ariaSort === "descending" : head.ariaSort !== "ascending";
      for (const one of heads) one.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows.sort(order(place, up)));
    });
  });
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
})();
