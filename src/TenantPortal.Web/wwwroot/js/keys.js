// Desk shortcuts. Anything marked data-key="r" is pressed or focused by that key; rows are walked with j and k; ? lists them all.
const goes = { q: "/desk", n: "/desk/new", g: "/desk/guides", b: "/desk/notices" };
let prefix = false;

const typing = target => target.closest("input, textarea, select, [contenteditable=true]") !== null;
const visible = element => element.checkVisibility();

function walk(by) {
  const rows = [...document.querySelectorAll("a.row, a.row-title")].filter(visible);
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement.closest("a.row, a.row-title"));
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))].focus();
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(visible);
  if (!target) return false;
  if (target.matches("input, textarea, select")) { target.focus(); target.scrollIntoView({ block: "nearest" }); }
  else target.click();
  return true;
}

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const wasPrefix = prefix;
  prefix = false;
  if (wasPrefix && goes[event.key]) location.assign(goes[event.key]);
  else if (event.key === "g") prefix = true;
  else if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key.length !== 1 || !press(event.key)) return;
  event.preventDefault();
});

document.addEventListener("click", event => {
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) document.getElementById(opener.dataset.openDialog).showModal();
});
