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

/* Whose log-in ran out while she typed finds her words again once she logged in: they wait in this tab, for her
   and for this page only. No password, code or file is among them, and who agrees with something ticks it anew. */
const TYPED = "ingevuld";
const NOT_TYPED = ["hidden", "password", "file", "submit", "button", "select-multiple"];

function whoIsHere() {
  return document.getElementById("uitloggen")?.dataset.person;
}

/* Our fields say that they must be filled in without the browser's own check, so not by `required`. */
function isAgreement(field) {
  return field.type === "checkbox" && field.getAttribute("aria-required") === "true";
}

function typedIn(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      !NOT_TYPED.includes(field.type) &&
      !isAgreement(field) &&
      field.autocomplete !== "one-time-code"
  );
}

function keepTyped(event) {
  const form = event.target;
  const fields = typedIn(form);
  /* Not `form.method`: a form may have a field of that name. */
  if (form.getAttribute("method") !== "post" || !fields.length || !whoIsHere()) {
    return;
  }
  const kept = {
    person: whoIsHere(),
    page: location.pathname + location.search,
    place: [...document.forms].indexOf(form),
    fields: fields.map((field) => [field.name, field.value, field.checked]),
  };
  try {
    sessionStorage.setItem(TYPED, JSON.stringify(kept));
  } catch {
    /* A browser that keeps nothing: the page for log-in says that nothing was saved. */
  }
}

function bringBackTyped() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(TYPED));
    sessionStorage.removeItem(TYPED);
    if (kept && !whoIsHere()) {
      sessionStorage.setItem(TYPED, JSON.stringify({ ...kept, loggedOut: true }));
      return;
    }
  } catch {
    return;
  }
  const isHers = kept?.loggedOut && kept.person === whoIsHere();
  const form = document.forms[kept?.place];
  if (!isHers || !form || kept.page !== location.pathname + location.search) {
    return;
  }
  typedIn(form).forEach((field, number) => {
    const [name, value, checked] = kept.fields[number] ?? [];
    if (field.name !== name) {
      return;
    }
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = checked && field.value === value;
    } else {
      field.value = value;
    }
  });
  sayBroughtBack(form);
}

function sayBroughtBack(form) {
  const notice = document.createElement("div");
  notice.className = "utrecht-alert utrecht-alert--info alert alert--info";
  notice.setAttribute("role", "status");
  /* No "je" or "u": this stands in forms of both. */
  notice.textContent = "Wat al was ingevuld, staat er weer. Het is nog niet opgeslagen.";
  if ([...form.elements].some(isAgreement)) {
    notice.textContent += " Zet een vinkje voor akkoord nog een keer.";
  }
  if (form.querySelector("[type=file]")) {
    notice.textContent += " Kies een bestand nog een keer.";
  }
  form.prepend(notice);
  notice.scrollIntoView({ block: "center" });
}

/* An open menu closes with Escape, or when the focus or a click goes elsewhere. What it opens may stand after it. */
function holds(menu, element) {
  return menu.contains(element) || (menu.dataset.menu === "beside" && menu.nextElementSibling.contains(element));
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (event.type === "keydown" && event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.type !== "keydown" && !holds(menu, event.target)) {
      menu.open = false;
    }
  }
}

document.addEventListener("keydown", closeMenus);
document.addEventListener("click", closeMenus);
document.addEventListener("focusin", closeMenus);
document.addEventListener("submit", keepTyped);
document.addEventListener("htmx:afterSwap", (event) => {
  focusFirstError(event.target);
  offerCopying(event.target);
  keepColumns(event.target);
});
focusFirstError(document);
offerCopying(document);
keepColumns(document);
offerPrinting(document);
bringBackTyped();
