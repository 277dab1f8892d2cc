// Draws the API from its document; a file of its own, because no script stands inside a page.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger",
  deepLinking: false, // its links would lie within buttons, where no keyboard finds them
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  // the groups of routes, and the schemas, follow the title, which is the first heading
  onComplete: () => {
    for (const one of document.querySelectorAll("#swagger .opblock-tag, #swagger .models > h4")) one.setAttribute("aria-level", "2");
  },
});
