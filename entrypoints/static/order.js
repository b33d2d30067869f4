// Points from a value to its place in the document, and from a place to the values that were read there.
"use strict";
const lit = new Set();
let pinned = null;

function places(element) {
  return (element.dataset.marks || "").split(" ").filter(Boolean)
    .flatMap((mark) => [...document.querySelectorAll(`[data-mark~="${mark}"]`)]);
}
function readers(element) {
  return element.dataset.mark.split(" ")
    .flatMap((mark) => [...document.querySelectorAll(`[data-marks~="${mark}"]`)]);
}
function light(elements) {
  lit.forEach((element) => element.classList.remove("on"));
  lit.clear();
  elements.forEach((element) => { element.classList.add("on"); lit.add(element); });
}
function show(element, scroll) {
  const found = element.matches("[data-marks]") ? places(element) : readers(element);
  light([element, ...found]);
  if (scroll && found[0]) found[0].scrollIntoView({ block: "center", behavior: "smooth" });
}
function target(event) {
  return event.target instanceof Element ? event.target.closest("[data-marks],[data-mark]") : null;
}
document.addEventListener("mouseover", (event) => {
  const element = target(event);
  if (element) show(element, false);
  else if (pinned) show(pinned, false);
  else light([]);
});
document.addEventListener("focusin", (event) => { const element = target(event); if (element) show(element, false); });
document.addEventListener("click", (event) => {
  pinned = target(event);
  if (pinned) show(pinned, true);
});
document.addEventListener("keydown", (event) => {
  const element = target(event);
  if (event.key === "Enter" && element) { pinned = element; show(element, true); }
  if (event.key === "Escape") { pinned = null; light([]); }
});

// The desk: what the corrections entered so far would lead to, asked of the same checks, and keys for the hand that stays put.
const form = document.getElementById("decide");
if (form) {
  const outcome = document.getElementById("rehearsal");
  const questions = [...document.querySelectorAll("#questions .finding")];
  let asked = 0;
  let timer = 0;

  const corrections = () => [...new FormData(form)].filter(([name, value]) => /^(pick|type)\./.test(name) && value.trim());
  const rehearse = async () => {
    const mine = ++asked;
    if (!corrections().length) { outcome.replaceChildren(); return; }
    outcome.setAttribute("aria-busy", "true");
    let answer = "";
    try {
      const response = await fetch(form.dataset.rehearse, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
      answer = response.ok ? await response.text() : "";
    } catch { answer = ""; }
    if (mine !== asked) return;
    outcome.removeAttribute("aria-busy");
    if (answer) outcome.innerHTML = answer;
    else outcome.textContent = "What this would lead to cannot be told now; the decision itself will check it.";
  };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(rehearse, wait); };
  const ours = (event) => event.target.form === form && /^(pick|type)\./.test(event.target.name);
  document.addEventListener("change", (event) => { if (ours(event)) later(0); });
  document.addEventListener("input", (event) => { if (ours(event)) later(400); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea")) return;
    const here = questions.findIndex((each) => each.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const next = questions[Math.max(0, Math.min(questions.length - 1, here + (event.key === "j" ? 1 : -1)))];
      if (next) { next.tabIndex = 0; next.focus(); next.scrollIntoView({ block: "center" }); }
    } else if (/^[1-5]$/.test(event.key) && here >= 0) {
      const choice = questions[here].querySelectorAll("input[type=radio]")[Number(event.key) - 1];
      if (choice) { choice.checked = true; choice.dispatchEvent(new Event("change", { bubbles: true })); }
    } else if (event.key === "q" && document.getElementById("question")) {
      const words = document.getElementById("question");
      words.closest("details").open = true;
      words.focus();
      event.preventDefault();
    } else if (["c", "a", "g"].includes(event.key)) {
      const action = { c: "correct", a: "approve", g: "accept_part" }[event.key];
      form.querySelector(`button[value=${action}]`)?.focus();
    }
  });
  if (corrections().length) rehearse();
}
