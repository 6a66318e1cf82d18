// Shows a call, and opens its page when it is touched. Looking acknowledges nothing; the page has a button for that.
self.addEventListener("push", event => {
  const call = event.data?.json();
  if (!call) return;
  event.waitUntil(self.registration.showNotification(call.title, { body: call.body, tag: call.tag, renotify: true, requireInteraction: true, data: { link: call.link } }));
});
self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.link));
});
