"use strict";
// The page says everything without this; it only helps to look for something in it.

const filter = document.querySelector("#filter");
if (filter) {
  const units = [...document.querySelectorAll("details.unit")];
  const groups = units.map((unit) => [...unit.querySelectorAll("article")].map((group) => ({
    element: group,
    head: group.querySelector("h4").textContent.toLowerCase(),
    rows: [...group.querySelectorAll(".found > li")].map((row) => ({
      element: row, grade: row.dataset.grade, words: row.textContent.toLowerCase(),
    })),
  })));
  const { grade, words, fold } = filter.elements;
  const status = filter.querySelector("[role=status]");

  const sift = () => {
    const sought = words.value.trim().toLowerCase();
    const sifting = Boolean(grade.value || sought);
    let shown = 0, all = 0;
    units.forEach((unit, place) => {
      let inUnit = 0;
      const name = unit.querySelector("summary").textContent.toLowerCase();
      for (const group of groups[place]) {
        let inGroup = 0;
        const named = group.head.includes(sought) || name.includes(sought);
        for (const row of group.rows) {
          const fits = (!grade.value || row.grade === grade.value) && (named || row.words.includes(sought));
          row.element.hidden = !fits;
          inGroup += fits;
          all += 1;
        }
        group.element.hidden = sifting && !inGroup;
        inUnit += inGroup;
      }
      unit.hidden = sifting && !inUnit;
      shown += inUnit;
    });
    filter.classList.toggle("sifting", sifting);
    status.textContent = sifting ? `筛选出 ${shown} 个（本页列出 ${all} 个）` : "";
  };
  filter.addEventListener("input", sift);
  filter.addEventListener("submit", (event) => event.preventDefault());
  fold.addEventListener("click", () => {
    const open = units.some((unit) => unit.open);
    units.forEach((unit) => { unit.open = !open; });
    fold.textContent = open ? "全部展开" : "全部收起";
  });
  // A figure leads to rows, and they are shown whatever was sifted out or folded.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const unit = target && target.closest("details.unit");
    if (unit && (unit.hidden || target.hidden)) {
      filter.reset();
      sift();
    }
    if (unit) {
      unit.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", unfold);
  filter.hidden = false;
  unfold();
}

// Rows are sorted within their group, so that the counts of groups stay with them.
const sortable = (text) => (/^[\d,.]+(?: [天个月]+)?$/.test(text) ? parseFloat(text.replaceAll(",", "")) : text);
const compared = (one, other) => (
  typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "zh-CN")
);
for (const table of document.querySelectorAll("table.grid")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
      for (const body of table.tBodies) {
        const rows = [...body.rows].filter((row) => !row.matches(".group, .left"));
        const keyed = rows.map((row) => [sortable(row.cells[place].textContent.trim()), row]);
        keyed.sort(([one], [other]) => turn * compared(one, other));
        const after = body.querySelector("tr.left");
        keyed.forEach(([, row]) => body.insertBefore(row, after));
      }
    });
  });
}
