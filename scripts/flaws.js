// What no eye is needed for on a page: what is wider than the screen, words that are too pale to read, controls without a name.
() => {
  const flaws = [];
  const named = (element) => `<${element.tagName.toLowerCase()}${element.className && element.className.baseVal === undefined ? "." + element.className : ""}> “${(element.textContent || "").trim().slice(0, 40)}”`;
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.body.querySelectorAll("*")].find((each) => seen(each) && each.getBoundingClientRect().right > width + 1 && !each.closest("pre, .wide"));
    flaws.push(`the page is ${document.documentElement.scrollWidth} px wide because of ${wide ? named(wide) : "something hidden"}`);
  }
  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a)); };
  const behind = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const colour = channels(getComputedStyle(each).backgroundColor);
      if (colour.length && (colour[3] ?? 1) > 0) { layers.push(colour); if ((colour[3] ?? 1) === 1) break; }
    }
    return layers.reduceRight((under, layer) => over(layer, under), matchMedia("(prefers-color-scheme: dark)").matches ? [17, 20, 24] : [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pale = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !seen(element) || element.closest("svg, option, :disabled, .skip")) continue;
    const style = getComputedStyle(element), ground = behind(element), ink = over(channels(style.color), ground);
    const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05), size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < wanted) pale.add(`contrast ${ratio.toFixed(2)} of ${named(element)}`);
  }
  flaws.push(...[...pale].slice(0, 8));
  for (const each of document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a[href]")) {
    const name = each.getAttribute("aria-label") || each.labels?.[0]?.textContent || each.textContent || each.title;
    if (seen(each) && !(name || "").trim()) flaws.push(`no name: ${named(each)} ${each.name || ""}`);
  }
  for (const each of document.querySelectorAll(".button, .choice, .filter, h1, h2, .title, .chip, td, th, dd, dt, .count")) {
    if (seen(each) && each.scrollWidth > each.clientWidth + 2 && getComputedStyle(each).display !== "inline") flaws.push(`cut off: ${named(each)}`);
  }
  return flaws;
}
