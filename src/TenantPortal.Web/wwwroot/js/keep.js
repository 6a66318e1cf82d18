// Keeps what is typed in forms marked data-keep="name" until it is really sent, and sends each form once.
// A form counts as sent when the next page that runs this script is not the form again with its errors; failure pages say data-failed.
const prefix = `kept:${document.body.dataset.keepFor ?? ""}:`;
const sentMark = "sent:" + prefix;
const again = document.body.hasAttribute("data-failed") || ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
const keyOf = form => `${prefix}${location.pathname}:${form.dataset.keep}`;
const keepable = field => field.name && !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !field.closest("[data-keep-not]");

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!keepable(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") { if (field.checked) (values[field.name] ??= []).push(field.value); }
    else if (field.value !== field.defaultValue || field.tagName === "SELECT") (values[field.name] ??= []).push(field.value);
  }
  return values;
}

function write(form, values) {
  for (const [name, kept] of Object.entries(values)) {
    const fields = [...form.elements].filter(field => field.name === name && keepable(field));
    const choices = fields.filter(field => field.type === "checkbox" || field.type === "radio");
    for (const choice of choices) choice.checked = kept.includes(choice.value);
    fields.filter(field => !choices.includes(field)).forEach((field, i) => { if (kept[i] !== undefined && (field.tagName === "SELECT" || field.value === field.defaultValue)) field.value = kept[i]; });
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function settle(forms) {
  const sent = sessionStorage.getItem(sentMark);
  if (!sent) return;
  const form = forms.find(form => keyOf(form) === sent);
  const refused = form && (again || document.querySelector(".error-summary, .field .error"));
  if (!refused && !document.body.hasAttribute("data-failed")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(sentMark);
}

function restore(form) {
  const kept = sessionStorage.getItem(keyOf(form));
  // the server's own copy of a refused form is the newer one
  if (kept && !form.querySelector(".error, [aria-invalid=true]")) write(form, JSON.parse(kept));
}

const forms = [...document.querySelectorAll("form[data-keep]")];
settle(forms);
forms.forEach(restore);

let waiting;
document.addEventListener("input", event => {
  const form = event.target.form;
  if (!form?.dataset.keep) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => sessionStorage.setItem(keyOf(form), JSON.stringify(read(form))), 200);
});

document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.sending = "yes";
  // whatever goes wrong on the way, a second try is open after ten seconds
  setTimeout(() => delete form.dataset.sending, 10000);
  if (!form.dataset.keep) return;
  clearTimeout(waiting);
  sessionStorage.setItem(keyOf(form), JSON.stringify(read(form)));
  sessionStorage.setItem(sentMark, keyOf(form));
}, true);

for (const freed of ["htmx:finally:request", "htmx:response:error", "htmx:error"])
  document.addEventListener(freed, event => { const form = event.target.closest?.("form"); if (form) delete form.dataset.sending; });
addEventListener("pageshow", event => { if (event.persisted) for (const form of document.forms) delete form.dataset.sending; });
