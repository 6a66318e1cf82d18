// Subscribes this browser to calls: permission, a subscription to our key, then an ordinary form with what the browser gave.
const form = document.querySelector("form[data-push-key]");
const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
if (form && !can) {
  form.querySelector("button").hidden = true;
  form.querySelector("[data-push-missing]").hidden = false;
}
const bytes = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const name = () => {
  const agent = navigator.userAgent;
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find(known => agent.includes(known + "/")) ?? "";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"].find(known => agent.includes(known)) ?? "";
  return [browser === "Edg" ? "Edge" : browser, system].filter(Boolean).join(", ");
};
form?.addEventListener("submit", async event => {
  event.preventDefault();
  const refused = form.querySelector("[data-push-refused]");
  refused.hidden = true;
  try {
    if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
    await navigator.serviceWorker.register(form.dataset.pushWorker);
    const worker = await navigator.serviceWorker.getRegistration(form.dataset.pushWorker);
    const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.pushKey) });
    const field = part => form.querySelector(`[name="Input.${part}"]`);
    field("Endpoint").value = made.endpoint;
    field("PublicKey").value = text(made.getKey("p256dh"));
    field("Auth").value = text(made.getKey("auth"));
    field("Name").value = name();
    form.submit();
  } catch {
    refused.hidden = false;
  }
});
