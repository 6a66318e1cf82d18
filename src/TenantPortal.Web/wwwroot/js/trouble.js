// Says so when a part of the page could not be refreshed; the next success takes the sentence away.
const sentence = document.getElementById("trouble");
const show = failed => { if (sentence) sentence.hidden = !failed; };
document.addEventListener("htmx:error", () => show(true));
document.addEventListener("htmx:response:error", () => show(true));
document.addEventListener("htmx:after:swap", () => show(false));
