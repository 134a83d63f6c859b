// j and k go from item to item, / to the search. Everything works without this file.
"use strict";
document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select");
  if (field || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
    return;
  }
  if (event.key !== "j" && event.key !== "k") return;
  const items = [...document.querySelectorAll("[data-key=item]")];
  if (items.length === 0) return;
  const now = items.indexOf(document.activeElement.closest("[data-key=item]"));
  const next = event.key === "j" ? Math.min(now + 1, items.length - 1) : Math.max(now - 1, 0);
  const item = items[next];
  const aim = item.querySelector("h3 a") || item.querySelector("a") || item;
  if (aim === item) item.tabIndex = -1;
  aim.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
});
