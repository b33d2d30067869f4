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
