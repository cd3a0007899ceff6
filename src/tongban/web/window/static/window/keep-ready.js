// Lets the browser keep the offline page while the node can be reached, so that it is there when it cannot.
const ready = document.querySelector("[data-offline-worker]");
if (ready && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(ready.dataset.offlineWorker, { scope: ready.dataset.offlineScope }).catch(() => undefined);
}
