// The page of the shortlist: its notes are kept in this browser, and what is taken off the page is taken off there.
const page = document.getElementById("shortlist");
const shown = [...page.querySelectorAll("[data-note]")].map((note) => note.dataset.note);
const within = (id) => shown.includes(id);

if (!shown.length && !location.search && shortlist.read().people.length)
  location.replace(shortlist.address(location.pathname, shortlist.read().people));

page.addEventListener("click", ({ target }) => {
  const link = target.closest("[data-remove], [data-restore]");
  if (!link) return;
  if (link.dataset.remove) shortlist.remove([link.dataset.remove]);
  else if (shown.some((id) => shortlist.has(shortlist.read(), id)) || !shown.length)
    shortlist.add([{ id: link.dataset.restore, name: link.dataset.name, title: link.dataset.title }], Number(link.dataset.at));
});

page.addEventListener("input", ({ target }) => {
  if (target.dataset.note) shortlist.write((kept) => (kept.notes[target.dataset.note] = target.value));
});

function fill() {
  const { notes } = shortlist.read();
  for (const note of page.querySelectorAll("[data-note]"))
    if (note !== document.activeElement) note.value = notes[note.dataset.note] || "";
  compare();
}

// An address that came from somebody else, or is older than the list, is said to be so.
function compare() {
  const list = shortlist.read();
  const kept = list.people;
  const line = page.querySelector("[data-other]");
  const fresh = [...page.querySelectorAll(".kept-person")].filter((_, at) => !shortlist.has(list, shown[at]));
  const more = kept.filter((one) => !within(one.id)).length;
  line.hidden = !fresh.length && !more;
  const parts = [];
  if (fresh.length) {
    const keep = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
    keep.textContent = kept.length ? "Add them to mine" : "Keep them here";
    keep.addEventListener("click", () => {
      shortlist.add(fresh.map(person));
      compare();
    });
    parts.push(`${fresh.length} of these ${fresh.length === 1 ? "is" : "are"} not on the shortlist of this browser. `, keep, " ");
  }
  if (more) {
    const mine = Object.assign(document.createElement("a"), { textContent: "Show the list of this browser" });
    mine.href = shortlist.address(location.pathname, kept);
    parts.push(`${more} more ${more === 1 ? "is" : "are"} on it. `, mine);
  }
  line.replaceChildren(...parts);
}

function person(card) {
  const link = card.querySelector("h2 a");
  return { id: card.querySelector("[data-note]").dataset.note, name: link.textContent, title: card.querySelector(".title")?.textContent || "" };
}

window.addEventListener("storage", (event) => event.key === shortlist.key && fill());
window.addEventListener("pageshow", fill);
// what was said of people who are no longer on the list is not kept
shortlist.write((kept) => {
  for (const id of Object.keys(kept.notes)) if (!shortlist.has(kept, id) && !within(id) && !page.querySelector("[data-restore]")) delete kept.notes[id];
});
fill();
