// Light, dark or as the system says. The cookie lets the server write the choice into the page, so nothing flashes.
const name = "portal.scheme";
const root = document.documentElement;

function remember(scheme) {
  localStorage.setItem(name, scheme);
  document.cookie = `${name}=${scheme}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
}

function show(scheme) {
  if (scheme === "system") delete root.dataset.scheme;
  else root.dataset.scheme = scheme;
  for (const button of document.querySelectorAll("[data-choose-scheme]"))
    button.setAttribute("aria-pressed", String(button.dataset.chooseScheme === scheme));
}

document.addEventListener("click", event => {
  const button = event.target.closest("[data-choose-scheme]");
  if (!button) return;
  remember(button.dataset.chooseScheme);
  show(button.dataset.chooseScheme);
});
addEventListener("storage", event => { if (event.key === name && event.newValue) show(event.newValue); });

// a cookie lost to private browsing or another host comes back from storage
const kept = localStorage.getItem(name);
if (kept && (root.dataset.scheme || "system") !== kept) remember(kept);
show((kept ?? root.dataset.scheme) || "system");
for (const hidden of document.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
