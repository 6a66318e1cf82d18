// Keeps what is typed in forms marked data-keep="name" until it has really arrived, and sends each form once.
// The server says which form has arrived by a cookie; whatever comes instead (a sign-in page, a failure, nothing at all) takes nothing away.
const life = 24 * 60 * 60 * 1000, arrivedCookie = "portal.kept";
const prefix = `kept:${document.body.dataset.keepFor ?? ""}:`;
const keyOf = form => `${prefix}${location.pathname}:${form.dataset.keep}`;
const keepable = field => field.name && !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !field.closest("[data-keep-not]");

// the server keeps no copy of a refused form, so that what it wrote into one is as much the person's as what was typed since
const refused = form => form.querySelector(".error, [aria-invalid=true]") !== null;

function read(form, all) {
  const values = {};
  for (const field of form.elements) {
    if (!keepable(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") { if (field.checked) (values[field.name] ??= []).push(field.value); }
    else if (field.value !== field.defaultValue || field.tagName === "SELECT" || (all && field.value !== "")) (values[field.name] ??= []).push(field.value);
  }
  return values;
}

const typedIn = form => [...form.elements].some(field => keepable(field) && field.tagName !== "SELECT" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked));

function put(field, kept) {
  if (field.tagName !== "SELECT") { if (field.value === field.defaultValue) field.value = kept; return; }
  if (field.value === kept || ![...field.options].some(option => option.value === kept)) return;
  field.value = kept;
  // a folded part shows in its head what the server knew
  field.closest("details")?.setAttribute("open", "");
}

function write(form, values) {
  for (const [name, kept] of Object.entries(values)) {
    const fields = [...form.elements].filter(field => field.name === name && keepable(field));
    const choices = fields.filter(field => field.type === "checkbox" || field.type === "radio");
    for (const choice of choices) choice.checked = kept.includes(choice.value);
    fields.filter(field => !choices.includes(field)).forEach((field, i) => { if (kept[i] !== undefined) put(field, kept[i]); });
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// in every tab: the link of a sign-in mail opens in one of its own
function keep(form, all) {
  const values = read(form, all || refused(form));
  if (Object.keys(values).length > 0) localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
  else localStorage.removeItem(keyOf(form));
}

function letGo(which) {
  for (const key of Object.keys(localStorage)) if (key.startsWith("kept:") && which(key)) localStorage.removeItem(key);
}

function settle() {
  const arrived = document.cookie.split("; ").find(cookie => cookie.startsWith(arrivedCookie + "="))?.slice(arrivedCookie.length + 1);
  if (!arrived) return;
  document.cookie = `${arrivedCookie}=; path=/; max-age=0`;
  const key = sessionStorage.getItem(`sent:${arrived}`);
  if (!key) return;
  sessionStorage.removeItem(`sent:${arrived}`);
  localStorage.removeItem(key);
}

function restore(form) {
  const kept = localStorage.getItem(keyOf(form));
  // the server's own copy of a refused form is the newer one
  if (kept && !refused(form)) write(form, JSON.parse(kept).values);
}

function sign(form) {
  const field = form.querySelector("input[name=_kept]") ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "_kept" }));
  field.value = Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(`sent:${field.value}`, keyOf(form));
}

const forms = [...document.querySelectorAll("form[data-keep]")];
settle();
letGo(key => !(JSON.parse(localStorage.getItem(key)).at > Date.now() - life));
forms.forEach(restore);
// on a slow line a person types before this file has come
forms.filter(typedIn).forEach(form => keep(form));

let waiting;
document.addEventListener("input", event => {
  const form = event.target.form;
  if (!form?.dataset.keep) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => keep(form), 200);
});

document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.sending = "yes";
  // whatever goes wrong on the way, a second try is open after ten seconds
  setTimeout(() => delete form.dataset.sending, 10000);
  // whoever signs out leaves nothing on a machine that others use
  if (form.action.endsWith("/sign-out")) letGo(key => key.startsWith(prefix));
  if (!form.dataset.keep) return;
  clearTimeout(waiting);
  keep(form, true);
  sign(form);
}, true);

for (const freed of ["htmx:finally:request", "htmx:response:error", "htmx:error"])
  document.addEventListener(freed, event => { const form = event.target.closest?.("form"); if (form) delete form.dataset.sending; });
addEventListener("pageshow", event => { if (event.persisted) for (const form of document.forms) delete form.dataset.sending; });
