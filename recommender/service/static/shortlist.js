// The shortlist is kept in this browser, the same in all its tabs; without this file the ticks are a form, and the address keeps the list.
const tray = document.getElementById("tray");
const shortlist = tray && {
  key: `recommender.shortlist ${tray.dataset.root} ${tray.dataset.owner}`,
  most: Number(tray.dataset.most),

  // read anew each time: another tab may have changed it
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key)) || {};
      return { people: Array.isArray(kept.people) ? kept.people : [], notes: kept.notes || {} };
    } catch {
      return { people: [], notes: {} };
    }
  },

  // change(kept) alters what is kept; false where it does not fit, or the browser keeps nothing
  write(change) {
    const kept = this.read();
    change(kept);
    if (kept.people.length > this.most) {
      this.say(`A shortlist holds at most ${this.most} people; take somebody off first`);
    } else {
      try {
        localStorage.setItem(this.key, JSON.stringify(kept));
      } catch {
        this.say("This browser keeps nothing for this page; its settings say so");
      }
    }
    this.draw();
  },

  has: (kept, id) => kept.people.some((one) => one.id === id),

  add(people, at) {
    this.write((kept) => {
      const fresh = people.filter((one) => !this.has(kept, one.id));
      kept.people.splice(at ?? kept.people.length, 0, ...fresh);
    });
  },

  remove(ids, said) {
    const before = this.read().people;
    this.write((kept) => (kept.people = kept.people.filter((one) => !ids.includes(one.id))));
    if (said) this.say(said, () => this.write((kept) => (kept.people = before)));
  },

  address: (path, people) => `${path}?${new URLSearchParams(people.map((one) => ["id", one.id]))}`,

  say(text, undo) {
    const button = tray.querySelector("[data-undo]");
    tray.querySelector("[role=status]").textContent = text;
    button.hidden = !undo;
    button.onclick = () => {
      undo();
      this.say("");
      tray.querySelector("[data-to]").focus();
    };
  },

  draw() {
    const { people } = this.read();
    const ids = new Set(people.map((one) => one.id));
    for (const tick of document.querySelectorAll("[data-pick]")) tick.checked = ids.has(tick.value);
    tray.querySelector("[data-tray]").hidden = !people.length;
    tray.querySelector(".tray-number").textContent = people.length;
    for (const link of tray.querySelectorAll("[data-to]")) {
      link.href = this.address(link.dataset.to, people);
      // one person alone is compared with nobody
      if ("several" in link.dataset) link.hidden = people.length < 2;
    }
    tray.querySelector(".tray-people").replaceChildren(...people.map((one) => this.chip(one)));
  },

  chip(one) {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { textContent: one.name, title: one.title || "" });
    link.href = `${tray.dataset.root}/profiles/${encodeURIComponent(one.id)}`;
    const off = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    off.setAttribute("aria-label", `Take ${one.name} off the shortlist`);
    off.addEventListener("click", () => {
      this.remove([one.id], `${one.name} was taken off the shortlist`);
      tray.querySelector("[data-undo]").focus();
    });
    item.append(link, off);
    return item;
  },
};

// A table of the people with the notes on them, which no address holds.
function exported(event) {
  const { people, notes } = shortlist.read();
  if (!people.some((one) => notes[one.id])) return;
  event.preventDefault();
  const form = Object.assign(document.createElement("form"), { method: "post", action: event.target.href.split("?")[0], hidden: true });
  for (const one of people)
    for (const [name, value] of [["id", one.id], ["note", notes[one.id] || ""]])
      form.append(Object.assign(document.createElement("input"), { name, value }));
  document.body.append(form);
  form.submit();
  form.remove();
}

if (tray) {
  tray.querySelector("[download]").addEventListener("click", exported);
  const person = (tick) => ({ id: tick.value, name: tick.dataset.name, title: tick.dataset.title });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-pick]")) return;
    const one = person(target);
    shortlist.say("");
    if (target.checked) shortlist.add([one]);
    else shortlist.remove([one.id], `${one.name} was taken off the shortlist`);
  });
  // another tab changed it; the page came back as it was left; cards were put in anew
  window.addEventListener("storage", (event) => event.key === shortlist.key && shortlist.draw());
  window.addEventListener("pageshow", () => shortlist.draw());
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    if (added.some((node) => node.querySelector?.("[data-pick]"))) shortlist.draw();
  }).observe(document.getElementById("main"), { childList: true, subtree: true });
  shortlist.draw();
}
