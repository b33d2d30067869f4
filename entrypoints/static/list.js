// Keeps the list fresh while it is looked at: the same page again, its list put in place of the old one.
"use strict";
async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["#live", ".filters"]) {
      const now = document.querySelector(part), then = fresh.querySelector(part);
      if (now && then && now.innerHTML !== then.innerHTML) now.replaceWith(then);
    }
  } catch { /* The gateway is away: the next look may find it. */ }
}
setInterval(refresh, 3000);
