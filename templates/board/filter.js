
"use strict";
(() => {
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const all = [...document.querySelectorAll("[data-s]")];
  const bodies = [...document.querySelectorAll(".grid tbody")];
  const unit = form.elements.u, section = form.elements.s;
  const apply = () => {
    let rows = 0;
    for (const one of all) {
      const fits = (!unit.value || one.dataset.u.split(" ").includes(unit.value))
        && (!section.value || one.dataset.s === section.value);
      one.hidden = !fits;
      if (fits && one.tagName === "TR") rows += 1;
    }
    for (const body of bodies) body.hidden = !body.querySelector("[data-s]:not([hidden])");
    const chosen = [unit, section].filter((one) => one.value)
      .map((one) => one.options[one.selectedIndex].text);
    shown.textContent = chosen.length
      ? `${form.dataset.shown} ${chosen.join(" · ")} (${rows})` : "";
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
