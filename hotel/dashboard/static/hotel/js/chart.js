// The tape chart's hands. Without this file each bar is a link, and the page of a stay moves it.
import { isDragging } from "./chart/drag.js";
import { tape } from "./chart/geometry.js";
import { isMoving, tabStop } from "./chart/keys.js";
import { refresh } from "./chart/send.js";

tabStop();
// News while somebody holds a bar waits until he lets go.
let isWaiting = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isDragging() && !isMoving()) return;
  event.detail.shouldSwap = false;
  isWaiting = true;
});
document.addEventListener("htmx:afterSettle", () => tabStop());
tape.addEventListener("free", () => {
  if (isWaiting) refresh();
  isWaiting = false;
});
