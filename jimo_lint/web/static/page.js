// Keys, decisions without leaving the list, and what other reviewers do meanwhile. All of it works by forms as well.
"use strict";

const EVERY = 4000; // milliseconds between two looks at what others decided
const KEYS = { 1: "confirmed", 2: "false-alarm", 3: "mended", 4: "deferred" };
const page = document.body.dataset.page;
const token = document.body.dataset.token;
let version = Number(document.body.dataset.version || 0);
const loaded = document.body.dataset.loaded;
const status = document.getElementById("said");
const rows = [...document.querySelectorAll("tr[data-key]")];
let current = -1;
let hiding = 0;

function tell(text, fault = false) {
  status.classList.toggle("fault", fault);
  status.textContent = "";
  status.textContent = text;
  clearTimeout(hiding);
  if (!fault) hiding = setTimeout(() => { status.textContent = ""; }, 6000);
}

function show(changes) {
  for (const change of changes) {
    for (const place of document.querySelectorAll(`[data-key="${CSS.escape(change.key)}"]`)) {
      const label = place.querySelector("[data-opinion]");
      label.textContent = change.label;
      label.className = `opinion ${change.kind}`;
      place.querySelector("[data-by]").textContent = change.who;
      const due = place.querySelector("[data-due]");
      if (due) {
        due.textContent = change.due;
        due.closest("p, dd").classList.toggle("late", change.late);
      }
      if (place.tagName === "TR") place.classList.toggle("settled", !change.open);
    }
  }
}

async function post(address, fields) {
  const body = new URLSearchParams({ ...fields, token });
  let answer;
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    answer = await response.json();
    if (!response.ok) { tell(answer.fault, true); return false; }
  } catch {
    tell("没有记录：连不上程序，请看它是否还在运行。", true);
    return false;
  }
  show(answer.rows);
  tell(answer.said);
  return true;
}

function choose(index, focus = true) {
  if (!rows.length) return;
  rows[current]?.classList.remove("current");
  rows[current]?.removeAttribute("aria-current");
  current = Math.max(0, Math.min(index, rows.length - 1));
  rows[current].classList.add("current");
  rows[current].setAttribute("aria-current", "true");
  if (focus) {
    rows[current].querySelector("a.to").focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "nearest" });
  }
}

async function decide(row, opinion, extra = {}, onward = false) {
  row.classList.add("sending");
  const done = await post("/decide", { key: row.dataset.key, opinion, ...extra });
  row.classList.remove("sending");
  if (done && onward && rows[current] === row) choose(current + 1);
}

function ask(row, opinion, onward = false) {
  if (opinion !== "deferred") { decide(row, opinion, {}, onward); return; }
  const dialog = document.getElementById("defer");
  document.getElementById("defer-what").textContent = row.querySelector("a.to").textContent;
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return;
    const due = document.getElementById("defer-day").value;
    decide(row, opinion, { due, reason: document.getElementById("defer-why").value }, onward);
  };
  dialog.showModal();
  document.getElementById("defer-day").focus();
}

function follow(id) {
  document.getElementById(id)?.click();
}

function pressOnDetail(key) {
  if (key === "j") follow("next");
  else if (key === "k") follow("former");
  else if (key === "Escape") follow("up");
  else if (key === "u") document.getElementById("undo").requestSubmit();
  else if (KEYS[key]) {
    const form = document.getElementById("decide");
    const due = document.getElementById("due");
    if (KEYS[key] === "deferred" && !due.value) { due.focus(); tell("请先填暂缓到哪一天，再按“暂缓”。", true); return true; }
    form.requestSubmit(form.querySelector(`button[value="${KEYS[key]}"]`));
  } else return false;
  return true;
}

function pressOnList(key) {
  if (key === "j") choose(current + 1);
  else if (key === "k") choose(current - 1);
  else if (key === "u") post("/undo", {});
  else if (KEYS[key] && current >= 0) ask(rows[current], KEYS[key], true);
  else return false;
  return true;
}

function pressed(event) {
  const single = document.getElementById("single-keys");
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (single && !single.checked) return;
  if (event.key === "?") {
    const help = document.getElementById("help");
    if (help) { help.open = !help.open; help.querySelector("summary").focus(); event.preventDefault(); }
    return;
  }
  if (event.key === "/") {
    const search = document.getElementById("q");
    event.preventDefault();
    if (search) { search.focus(); search.select(); } else location.assign("/findings");
    return;
  }
  const done = page === "list" ? pressOnList(event.key) : page === "detail" ? pressOnDetail(event.key) : false;
  if (done) event.preventDefault();
}

async function look() {
  try {
    const asked = new URLSearchParams({ version, loaded });
    const response = await fetch(`/changes?${asked}`, { headers: { Accept: "application/json" } });
    if (response.status === 401) { tell("登录已失效，请重新登录。", true); return; }
    const answer = await response.json();
    if (answer.stale) {
      const stale = document.getElementById("stale");
      if (stale) stale.hidden = false;
    } else {
      show(answer.rows);
      version = answer.version;
    }
  } catch { /* the next look may do */ }
  setTimeout(look, EVERY);
}

for (const [index, row] of rows.entries()) {
  row.addEventListener("focusin", () => choose(index, false));
  row.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    ask(row, event.submitter.value);
  });
}
if (page === "list") {
  document.getElementById("undo").addEventListener("submit", (event) => { event.preventDefault(); post("/undo", {}); });
  document.querySelector("#filter select")?.form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox]")) event.target.form.requestSubmit();
  });
}
if (page === "detail") {
  const paper = document.getElementById("paper");
  const mark = paper?.querySelector("mark.place");
  if (mark) paper.scrollTop = mark.offsetTop - paper.offsetTop - paper.clientHeight / 3;
}
const single = document.getElementById("single-keys");
if (single) {
  single.closest("[hidden]").hidden = false;
  single.checked = localStorage.getItem("single-keys") !== "no";
  single.addEventListener("change", () => localStorage.setItem("single-keys", single.checked ? "yes" : "no"));
}
document.addEventListener("keydown", pressed);
if (page) setTimeout(look, EVERY);
if (status.textContent) tell(status.textContent);
