"use strict";
(() => {
  const form = document.querySelector("form.filter");
  const list = document.querySelector("ol.cases");

  // --- tables: a head is a button that sorts by its column ---
  const valueOf = (cell) => cell.dataset.value !== undefined ? Number(cell.dataset.value) : cell.textContent.trim();
  const compared = (one, other) => typeof one === "number" && typeof other === "number"
    ? one - other : String(one).localeCompare(String(other), "en", {numeric: true});
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH") return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].sort((one, other) =>
          compared(valueOf(one.cells[column]), valueOf(other.cells[column])) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
  }

  if (!form || !list) return;

  // --- cases: which are shown, and in which order ---
  const items = [...list.children].map((item, number) => ({item, number, case: item.querySelector("details.case")}));
  const severities = [...form.elements.standard.querySelectorAll("option[data-severity]")]
    .reduce((found, option) => { found[option.value] = option.dataset.severity; return found; }, []);
  const count = form.querySelector(".count");
  const groups = [...form.querySelectorAll("select[data-group]")];

  const hasFinding = (signs) => {
    const {standard, outcome, severity} = form.elements;
    if (!standard.value && !outcome.value && !severity.value) return true;
    const holds = (sign, place) => sign !== "-" && (!outcome.value || sign === outcome.value)
      && (!severity.value || severities[place] === severity.value);
    return standard.value ? holds(signs[standard.value], standard.value) : [...signs].some(holds);
  };
  const isShown = ({dataset}) => {
    const {text, verdict} = form.elements;
    return (!text.value || dataset.name.toLowerCase().includes(text.value.trim().toLowerCase()))
      && (!verdict.value || dataset.verdict === verdict.value)
      && groups.every((select) => !select.value || dataset["group-" + select.dataset.group] === select.value
        || dataset["group" + select.dataset.group] === select.value)
      && hasFinding(dataset.signs);
  };
  const numbers = (weight) => weight.split(".").map(Number);
  const gravest = (one, other) => {
    const [a, b] = [numbers(one.case.dataset.weight), numbers(other.case.dataset.weight)];
    return b[0] - a[0] || b[1] - a[1] || b[2] - a[2];
  };
  const orders = {
    number: () => 0,
    name: (one, other) => compared(one.case.dataset.name, other.case.dataset.name),
    weight: gravest,
    latest: (one, other) => other.case.dataset.latest - one.case.dataset.latest,
  };

  const show = () => {
    let shown = 0;
    for (const each of items) {
      each.item.hidden = !isShown(each.case);
      shown += each.item.hidden ? 0 : 1;
    }
    const of = items.length.toLocaleString("en-GB");
    count.textContent = `${shown.toLocaleString("en-GB")} of ${of} ${items.length === 1 ? "case" : "cases"} shown`;
  };
  const sort = () => {
    const order = orders[form.elements.sort.value];
    list.append(...[...items].sort((one, other) => order(one, other) || one.number - other.number)
      .map((each) => each.item));
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => event.target.name === "sort" ? sort() : show());
  form.addEventListener("reset", () => setTimeout(() => { sort(); show(); }));
  for (const button of form.querySelectorAll("button[data-open]")) {
    button.addEventListener("click", () => {
      for (const each of items) {
        if (button.dataset.open === "false") each.case.open = false;
        else if (!each.item.hidden) each.case.open = true;
      }
    });
  }
  for (const link of document.querySelectorAll("a[data-standard]")) {
    link.addEventListener("click", () => {
      form.reset();
      form.elements.standard.value = link.dataset.standard;
      form.elements.outcome.value = link.dataset.outcome;
      setTimeout(show);
    });
  }
  show();
})();
