/* Comforts for who writes a text. Every page works without this file. */
"use strict";

/* What is typed stays in this browser until it is saved, so that a lost connection or a closed
   window takes no words with it. */
function keepWords(form) {
  const fields = [...form.querySelectorAll("[data-keeps]")];
  if (!fields.length) {
    return;
  }
  const place = `concept:${location.pathname}${location.search}`;
  const written = fields.map((field) => field.value);
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null;
    }
  };
  const kept = read();
  if (kept && kept.length === fields.length && kept.some((words, number) => words !== written[number])) {
    offerBack(form, fields, kept, place);
  }
  form.addEventListener("input", () => {
    try {
      localStorage.setItem(place, JSON.stringify(fields.map((field) => field.value)));
    } catch {
      /* A full or closed store only means that nothing is kept. */
    }
  });
  form.addEventListener("submit", () => sessionStorage.setItem("bewaard", place));
}

/* The words of last time come back only when somebody asks for them. */
function offerBack(form, fields, kept, place) {
  const note = document.createElement("p");
  const button = document.createElement("button");
  note.setAttribute("role", "status");
  note.append("Je hebt hier eerder iets getypt dat niet is opgeslagen. ");
  button.type = "button";
  button.className = "utrecht-button utrecht-button--secondary-action";
  button.append("Zet mijn tekst terug");
  button.addEventListener("click", () => {
    fields.forEach((field, number) => {
      field.value = kept[number];
    });
    localStorage.removeItem(place);
    note.remove();
    fields[0].focus();
  });
  note.append(button);
  form.prepend(note);
}

/* A saved text needs no copy: another page came up without a message of an error. */
function forgetSaved() {
  const place = sessionStorage.getItem("bewaard");
  if (!place) {
    return;
  }
  sessionStorage.removeItem("bewaard");
  if (!document.querySelector(".error-summary, .alert--warning, .alert--danger")) {
    localStorage.removeItem(place);
  }
}

/* Word puts headings, numbers and lists on the clipboard beside the bare words. */
function takePaste(area) {
  const target = document.getElementById(area.dataset.takesPaste);
  const note = document.querySelector("[data-paste-note]");
  area.addEventListener("paste", (event) => {
    const html = lean(event.clipboardData.getData("text/html"));
    const isWhole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
    // Only where the paste is all there is, for the words and the marks must be of the same text.
    target.value = isWhole && html.length < 2000000 ? html : "";
    note.hidden = !target.value;
    area.dataset.pasted = "1";
  });
  area.addEventListener("input", () => {
    if (!area.dataset.pasted) {
      target.value = "";
      note.hidden = true;
    }
    delete area.dataset.pasted;
  });
}

/* Word sends along whole style sheets; the server reads only what stands between these marks. */
function lean(html) {
  const start = html.indexOf("<!--StartFragment-->");
  const end = html.indexOf("<!--EndFragment-->");
  const inside = start >= 0 && end > start ? html.slice(start + 20, end) : html;
  return inside.replace(/<style[\s\S]*?<\/style>/gi, "");
}

forgetSaved();
for (const form of document.querySelectorAll("form.form")) {
  keepWords(form);
}
for (const area of document.querySelectorAll("[data-takes-paste]")) {
  takePaste(area);
}
