// A matrix cell filters the list; without this script it only leads there.
const list = document.getElementById("list"), shown = document.getElementById("shown"), all = document.getElementById("all");
const threats = list ? [...list.querySelectorAll(".threat")] : [];
const groups = list ? [...list.querySelectorAll(".group")] : [];
const cells = document.querySelectorAll("a[data-cell]"), everything = shown?.textContent;
function filter(link) {
  if (!list) return;
  const cell = link?.dataset.cell;
  threats.forEach(t => { t.hidden = cell !== undefined && t.dataset.cell !== cell; });
  groups.forEach(g => {
    g.hidden = [...g.querySelectorAll(".threat")].every(t => t.hidden);
    if (link && !g.hidden) g.querySelectorAll(".folded").forEach(d => { d.open = true; });
  });
  cells.forEach(c => c === link ? c.setAttribute("aria-current", "true") : c.removeAttribute("aria-current"));
  shown.textContent = link ? link.getAttribute("aria-label") + "." : everything;
  all.hidden = !link;
}
cells.forEach(c => c.addEventListener("click", () => filter(c)));
all?.addEventListener("click", () => filter());
// A link to a threat opens it and what it is folded into; a print shows everything.
function openTarget() {
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { return; }
  const t = document.getElementById(name);
  if (!t?.matches("details")) return;
  filter();
  for (let d = t; d; d = d.parentElement?.closest("details")) d.open = true;
  t.scrollIntoView();
}
addEventListener("hashchange", openTarget);
addEventListener("beforeprint", () => { filter(); document.querySelectorAll("details").forEach(d => { d.open = true; }); });
openTarget();
