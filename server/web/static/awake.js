// Where the browser allows it the screen stays on.
function keepAwake() {
  if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {});
}
document.addEventListener("visibilitychange", keepAwake);
keepAwake();
