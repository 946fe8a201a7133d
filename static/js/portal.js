/* Small comforts. Every page works without this file. */
"use strict";

/* The heading of an error summary takes focus, so that a screen reader starts there. */
function focusFirstError(root) {
  const heading = root.querySelector("[data-takes-focus]");
  if (heading) {
    heading.focus();
  }
}

/* A copy button appears where the browser can copy, and says that it did. */
function offerCopying(root) {
  for (const button of root.querySelectorAll("[data-copies]")) {
    if (!navigator.clipboard || !button.hidden) {
      continue;
    }
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copies);
      await navigator.clipboard.writeText(source.value);
      button.parentElement.querySelector("[role=status]").textContent = "Gekopieerd";
    });
  }
}

/* Printing needs the browser; the button is hidden where it would do nothing. */
function offerPrinting(root) {
  for (const button of root.querySelectorAll("[data-prints]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/* Who asked for all columns of a table keeps them when she sorts, filters or goes to another page of it. */
function keepColumns(root) {
  root.querySelectorAll(".table-more input").forEach((box, number) => {
    const key = `alle-gegevens ${location.pathname} ${number}`;
    try {
      box.checked = sessionStorage.getItem(key) !== null;
      box.addEventListener("change", () =>
        box.checked ? sessionStorage.setItem(key, "") : sessionStorage.removeItem(key)
      );
    } catch {
      /* A browser that keeps nothing shows the names first, each time. */
    }
  });
}

/* An open menu closes with Escape, or when the focus or a click goes elsewhere. */
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (event.type === "keydown" && event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.type !== "keydown" && !menu.contains(event.target)) {
      menu.open = false;
    }
  }
}

document.addEventListener("keydown", closeMenus);
document.addEventListener("click", closeMenus);
document.addEventListener("focusin", closeMenus);
document.addEventListener("htmx:afterSwap", (event) => {
  focusFirstError(event.target);
  offerCopying(event.target);
  keepColumns(event.target);
});
focusFirstError(document);
offerCopying(document);
keepColumns(document);
offerPrinting(document);
