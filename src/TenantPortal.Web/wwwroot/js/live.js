// One event stream a browser, shared by its tabs: the tab that holds the lock listens and tells the others.
// An element with an id, marked data-live="ticket:ACO-7" or data-live="queue", is taken anew from the page at its data-live-from when it may
// have changed; what is typed in it stays, and one polite sentence says that the page was updated.
const place = document.getElementById("live");
const stream = place.dataset.liveStream;
const opened = performance.timeOrigin;
const channel = new BroadcastChannel(`live:${stream}`);
const recent = [];
let last = place.dataset.liveAt;

function concerns(element, ticket) {
  return ticket === null || element.dataset.live.split(" ").some(name => name === `ticket:${ticket}` || !name.startsWith("ticket:"));
}

const waiting = new Set();
const busy = new Set();
let soon;

function hear(ticket) {
  for (const element of document.querySelectorAll("[data-live][data-live-from]")) if (concerns(element, ticket)) waiting.add(element.dataset.liveFrom);
  if (waiting.size > 0 && !soon) soon = setTimeout(refresh, 200);
}

// several changes at once are one fetch; a tab in the background waits until it is looked at
async function refresh() {
  soon = undefined;
  if (document.hidden) return;
  const due = [...waiting].filter(from => !busy.has(from));
  due.forEach(from => { waiting.delete(from); busy.add(from); });
  const done = await Promise.allSettled(due.map(renew));
  due.forEach(from => busy.delete(from));
  if (done.some(one => one.value)) say();
  if (waiting.size > 0 && !soon) soon = setTimeout(refresh, 200);
}

async function renew(from) {
  const element = document.querySelector(`[data-live-from="${CSS.escape(from)}"]`);
  if (!element) return false;
  const before = element.textContent;
  await htmx.ajax("GET", from, { target: element, source: element, select: `#${element.id}`, swap: "outerMorph" });
  return document.querySelector(`[data-live-from="${CSS.escape(from)}"]`)?.textContent !== before;
}

function say() {
  place.textContent = "";
  setTimeout(() => { place.textContent = place.dataset.liveSays; }, 100);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting.size > 0) refresh(); });

// a new tab asks the listening one for what came after its page was begun
channel.onmessage = ({ data }) => {
  if (data.joined) recent.filter(word => word.at >= data.joined).forEach(word => channel.postMessage({ ...word, only: data.joined }));
  if (data.joined || (data.only && data.only !== opened)) return;
  last = data.id || last;
  hear(data.ticket);
};

function listen() {
  const source = new EventSource(`${stream}?at=${encodeURIComponent(last ?? "")}`);
  const pass = ticket => event => {
    last = event.lastEventId || last;
    const word = { ticket: ticket(event), id: last, at: Date.now() };
    recent.push(word);
    if (recent.length > 100) recent.shift();
    channel.postMessage(word);
    hear(word.ticket);
  };
  source.addEventListener("ticket", pass(event => JSON.parse(event.data).ticket));
  source.addEventListener("refresh", pass(() => null));
  source.addEventListener("ping", event => { last = event.lastEventId || last; });
  // the browser itself comes back after a break; after a refusal it does not
  source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) setTimeout(listen, 30000); });
}

channel.postMessage({ joined: opened });
navigator.locks.request(`live:${stream}`, () => { listen(); return new Promise(() => {}); });
