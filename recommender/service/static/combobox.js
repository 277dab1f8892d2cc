// A text box with suggestions (WAI-ARIA combobox with a list): arrows walk them, Enter takes one, Escape closes.
//
// combobox(input, { ask(text, signal) -> promise of [{ group, label, cased, count, ... }], choose(item), least }):
// what is asked late is dropped; `least` is from how many characters on it asks.
function combobox(input, { ask, choose, least = 0 }) {
  const PAUSE = 40; // milliseconds without a key before it asks
  const list = document.createElement("div");
  const heard = document.createElement("span");
  let items = [], active = -1, waiting = 0, asking = null;

  list.id = `${input.id}-list`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  heard.className = "unseen";
  heard.setAttribute("role", "status");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }))
    input.setAttribute(name, value);
  input.after(list, heard);

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function mark(at) {
    active = at;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const option = options()[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function take(item) {
    close();
    choose(item);
  }

  function drawn(item, number) {
    const option = document.createElement("div");
    const label = document.createElement("span");
    const count = document.createElement("span");
    option.id = `${list.id}-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    label.className = item.cased ? "label cased" : "label";
    label.textContent = item.label;
    count.className = "count";
    count.textContent = item.count === undefined ? "" : item.count.toLocaleString("en");
    option.append(label, count);
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
    option.addEventListener("click", () => take(item));
    return option;
  }

  function show(found) {
    items = found;
    list.replaceChildren();
    let group = null, within = list;
    items.forEach((item, number) => {
      if (item.group && item.group !== group) {
        const head = document.createElement("div");
        within = document.createElement("div");
        head.className = "group-name";
        head.id = `${list.id}-group-${number}`;
        head.textContent = group = item.group;
        within.setAttribute("role", "group");
        within.setAttribute("aria-labelledby", head.id);
        within.append(head);
        list.append(within);
      }
      within.append(drawn(item, number));
    });
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(!!items.length));
    heard.textContent = items.length ? `${items.length} suggestions` : "no suggestions";
  }

  async function look() {
    asking?.abort();
    const mine = (asking = new AbortController());
    if (input.value.trim().length < least) return close();
    try {
      const found = await ask(input.value.trim(), mine.signal);
      if (asking === mine && document.activeElement === input) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      take(items[active]);
    } else if (event.key === "Enter") {
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return look();
      // past either end is the box itself
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((active + 1 + step + items.length + 1) % (items.length + 1)) - 1);
    }
  });
  input.addEventListener("blur", close);
}
