// Filters apply as they are chosen; without this file the Apply button does the same.
const KEPT = "chosen";
const [keptName, keptValue] = JSON.parse(sessionStorage.getItem(KEPT) || "[]");
sessionStorage.removeItem(KEPT);

for (const form of document.querySelectorAll("form[data-auto]")) {
  form.classList.add("auto");
  form.addEventListener("change", (event) => {
    // the page loads anew: whoever chose with the keyboard goes on from the same control
    sessionStorage.setItem(KEPT, JSON.stringify([event.target.name, event.target.value]));
    form.requestSubmit();
  });
  // empty values need not stand in the address
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  });
  // after the jump to the results, which would take the focus away again
  window.addEventListener("load", () => requestAnimationFrame(() => refocus(form)));
}

function refocus(form) {
  for (const control of form.elements)
    if (keptName && control.name === keptName && control.value === keptValue)
      (control.checkVisibility() ? control : form.querySelector("summary")).focus({ preventScroll: true });
}

// On a narrow screen the filters wait folded, above what they filter.
if (window.matchMedia("(max-width: 860px)").matches)
  for (const fold of document.querySelectorAll(".filters details")) fold.open = false;
