// The search box of every page: whom or what do these letters mean? Enter asks for what is typed as it is.
(() => {
  const input = document.getElementById("q");
  if (!input) return;
  const root = input.dataset.root;
  const GROUPS = { name: "People", title: "Titles", company: "Companies", skill: "Skills", place: "Places" };

  function linked({ kind, value, count, profile_ids }) {
    const one = kind === "name" && count === 1;
    const href = one ? `/profiles/${profile_ids[0].split("/").map(encodeURIComponent).join("/")}` : `/search?${new URLSearchParams({ q: value, kind })}`;
    const cased = kind !== "name" && kind !== "skill"; // the others are stored in small letters
    return { group: GROUPS[kind], label: value, cased, count: one ? undefined : count, href: root + href };
  }

  combobox(input, {
    least: 1,
    async ask(text, signal) {
      const asked = new URLSearchParams({ q: text, limit: 12 });
      const answer = await fetch(`${root}/v1/suggest?${asked}`, { signal, headers: { accept: "application/json" } });
      if (!answer.ok) return [];
      const { suggestions } = await answer.json();
      const kinds = [...new Set(suggestions.map((one) => one.kind))];
      return kinds.flatMap((kind) => suggestions.filter((one) => one.kind === kind)).map(linked);
    },
    choose: (item) => location.assign(item.href),
  });

  // "/" goes to the box from anywhere that is no box itself
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.select();
    input.focus();
  });
})();
