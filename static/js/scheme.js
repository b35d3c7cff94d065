// Before the first paint: the appearance chosen on this device, and that scripts run at all.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const chosen = localStorage.getItem("samverkan-scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.colorScheme = chosen;
  } catch {
    // Storage may be forbidden; then the device decides.
  }
})();
