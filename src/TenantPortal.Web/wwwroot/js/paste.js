// Pictures pasted into a form (a screenshot, most of all) join its files: <input type="file" data-paste="Added: {0}">.
document.addEventListener("paste", event => {
  const pasted = [...event.clipboardData?.files ?? []].filter(file => file.type.startsWith("image/"));
  const scope = event.target.closest?.("form") ?? document;
  const input = scope.querySelector("input[type=file][data-paste]");
  if (!pasted.length || !input) return;
  event.preventDefault();
  const all = new DataTransfer();
  for (const file of input.files) all.items.add(file);
  const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "-");
  pasted.forEach((file, i) => all.items.add(new File([file], `pasted-${time}${i ? "-" + (i + 1) : ""}.${file.type.split("/")[1].replace("jpeg", "jpg")}`, { type: file.type })));
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  let said = input.parentElement.querySelector("[data-pasted]");
  if (!said) {
    said = document.createElement("p");
    said.className = "status ok";
    said.dataset.pasted = "";
    said.setAttribute("role", "status");
    input.after(said);
  }
  said.textContent = input.dataset.paste.replace("{0}", [...all.files].map(file => file.name).join(", "));
});
