// Files can be dropped, and what was typed or chosen stays where it is when something is wrong with it.
// Without this file the forms are sent as any form is, and the page that comes back holds the text again.
for (const form of document.querySelectorAll("form.drop")) dropped(form);
for (const form of document.querySelectorAll("form[data-keep]")) kept(form);

function dropped(form) {
  const file = form.querySelector("input[type=file]");
  const over = (is) => (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", is);
  };
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    over(false)(event);
    file.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

function kept(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    const sent = new FormData(form);
    const size = [...sent.values()].reduce((sum, value) => sum + (value.size ?? value.length), 0);
    if (form.dataset.most && size > Number(form.dataset.most))
      return say(`this is larger than the ${Number(form.dataset.most).toLocaleString("en")} bytes that are taken; send less`);
    button.disabled = true;
    try {
      const plain = form.enctype !== "multipart/form-data";
      const answer = await fetch(form.action, {
        method: "POST",
        body: plain ? new URLSearchParams(sent) : sent,
        headers: { accept: "text/html" },
      });
      if (answer.redirected) return void location.assign(answer.url + (form.dataset.after ?? ""));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) show(page);
      else say(page.querySelector(".alert:not([hidden])")?.textContent || page.querySelector("main p:not(.status)")?.textContent);
    } catch {
      say("no answer came; what is here is kept: try again");
    } finally {
      button.disabled = false;
    }
  });
}

// What was read takes the place of the form; Back leads to the form again.
let shown = false;
addEventListener("popstate", (event) => shown && !event.state && !location.hash && location.reload());
function show(page) {
  shown = true;
  history.pushState({ read: true }, "", location.pathname);
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  for (const form of document.querySelectorAll("form.drop")) dropped(form);
  for (const form of document.querySelectorAll("form[data-keep]")) kept(form);
  window.scrollTo(0, 0);
  document.querySelector("main").focus({ preventScroll: true });
}

function say(message) {
  const alert = document.querySelector(".alert");
  alert.textContent = message || "it could not be read; try again";
  alert.hidden = false;
  alert.scrollIntoView({ block: "center" });
  for (const control of document.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  const control = document.getElementById(alert.textContent.split(":")[0].trim());
  if (!control) return;
  control.setAttribute("aria-invalid", "true");
  control.closest("details")?.setAttribute("open", "");
  control.focus();
}
