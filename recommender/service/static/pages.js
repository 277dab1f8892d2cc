// Filters apply as they are chosen; without this file the Apply button does the same.
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.classList.add("auto");
  form.addEventListener("change", () => form.requestSubmit());
  // empty values need not stand in the address
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  });
}
// On a narrow screen the filters wait folded, above what they filter.
if (window.matchMedia("(max-width: 860px)").matches)
  for (const fold of document.querySelectorAll(".filters details")) fold.open = false;
