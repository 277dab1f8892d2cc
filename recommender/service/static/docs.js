// Draws the API from its document; a file of its own, because no script stands inside a page.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
