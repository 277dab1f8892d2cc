// Filters apply as they are chosen: the list is fetched and swapped, the address says what is shown, and Back
// brings list and controls back alike. Without this file the forms and links do the same, a page at a time.
(() => {
  const PAUSE = 350; // milliseconds after which what arrow keys change is asked for
  let asking = null, waiting = 0;

  const parts = (root) => [...root.querySelectorAll("[data-part]")];
  // what is chosen applies by itself: a button to apply it is there for keys alone
  const apply = () => document.querySelectorAll("form[data-explore]").forEach((form) => form.classList.add("auto"));
  const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

  function address(form) {
    const url = new URL(form.getAttribute("action") || location.pathname, location.href);
    const pairs = [...new FormData(form)].filter(([, value]) => value.trim());
    url.search = new URLSearchParams(pairs);
    url.hash = "";
    return url;
  }

  // the facets that are unfolded are counted, whatever the address says
  function withOpen(url) {
    const asked = new URL(url);
    for (const fold of document.querySelectorAll("details.facet[open]")) asked.searchParams.append("open", fold.dataset.facet);
    asked.hash = "";
    return asked;
  }

  async function go(url, { push = true, focus = null } = {}) {
    clearTimeout(waiting);
    asking?.abort();
    const mine = (asking = new AbortController());
    document.body.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(withOpen(url), { headers: { accept: "text/html" }, signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || answer.redirected || !part(page, "results")) return location.assign(url);
      if (push && url.href !== location.href) history.pushState(null, "", url);
      swap(page, focus);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    } finally {
      if (asking === mine) document.body.removeAttribute("aria-busy");
    }
  }

  function swap(page, focus) {
    const had = document.activeElement;
    const folds = [...document.querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]);
    const top = part(document, "filters")?.scrollTop;
    for (const old of parts(document)) {
      const fresh = part(page, old.dataset.part);
      if (fresh) old.replaceChildren(...fresh.childNodes);
    }
    document.title = page.title;
    apply();
    for (const [id, open] of folds) {
      const fold = document.getElementById(id);
      if (fold) fold.open = open;
    }
    if (top !== undefined) part(document, "filters").scrollTop = top;
    refocus(had, focus);
    document.dispatchEvent(new Event("swapped"));
  }

  // whoever chose with the keyboard goes on from the same control, with what was being typed
  function refocus(had, focus) {
    if (focus) return document.querySelector(focus)?.focus({ preventScroll: true });
    if (had.isConnected) return;
    const same = [...document.querySelectorAll(".filters input, .order select, .filters summary, .results a")].find((other) =>
      had.id ? other.id === had.id
      : had.name ? other.name === had.name && other.value === had.value
      : had.tagName === "SUMMARY" ? had.parentElement.id && other.parentElement.id === had.parentElement.id
      : had.href && other.href === had.href);
    if (!same) return part(document, "results").focus({ preventScroll: true });
    if (had.type === "number" && same.value !== had.value) same.value = had.value;
    same.focus({ preventScroll: true });
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-explore]")) return;
    event.preventDefault();
    go(address(event.target));
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-explore]") || (event.target.dataset.of && event.target.type === "text")) return;
    clearTimeout(waiting);
    if (event.target.type === "checkbox") go(address(form));
    else waiting = setTimeout(() => go(address(form)), PAUSE);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const url = new URL(link.href);
    const target = url.hash.startsWith("#match-") ? `${url.hash} a` : null;
    url.hash = "";
    const goes = go(url, { focus: target });
    if (link.closest(".pager")) goes.then(() => part(document, "tally")?.scrollIntoView({ block: "center" }));
  });

  // a facet that is unfolded counts its values
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (fold.matches?.("details.facet") && fold.open && fold.querySelector(".unopened")) go(new URL(location.href), { push: false });
  }, true);

  addEventListener("popstate", () => go(new URL(location.href), { push: false }));
  // what a browser fills in by itself after Back is not what the list shows
  addEventListener("pageshow", () => document.querySelectorAll("form[data-explore]").forEach((form) => form.reset()));
  apply();
  window.explore = { go, address };
})();

// Values of a facet by a few letters, each with how many are left if it is chosen.
(() => {
  const json = async (url, signal) => {
    const answer = await fetch(url, { signal, headers: { accept: "application/json" } });
    return answer.ok ? answer.json() : [];
  };

  function attach(input) {
    const of = input.dataset.of;
    combobox(input, {
      ask(text, signal) {
        const form = input.form;
        const url = explore.address(form);
        url.pathname = form.dataset.values;
        url.searchParams.delete(of, input.value);
        for (const [name, value] of [["of", of], ["q", text], ["about", form.dataset.about]]) url.searchParams.set(name, value);
        return json(url, signal);
      },
      choose(item) {
        input.value = "";
        const url = explore.address(input.form);
        if (of === "title") url.searchParams.set(of, item.value);
        else url.searchParams.append(of, item.value);
        explore.go(url, { focus: `#${input.id}` });
      },
    });
  }

  const attachAll = () => document.querySelectorAll("input[data-of]:not([role])").forEach(attach);
  document.addEventListener("swapped", attachAll);
  attachAll();
})();
