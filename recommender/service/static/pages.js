// On a narrow screen the filters wait folded, above what they filter.
if (window.matchMedia("(max-width: 860px)").matches)
  for (const fold of document.querySelectorAll(".filters > .fold")) fold.open = false;
