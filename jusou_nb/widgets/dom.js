// Makes an element: its tag, its class or its attributes, and what stands in it. DOM calls only, so
// that no text is ever read as markup. Stands before the scripts that use it.
function make(tag, state, ...content) {
  const node = document.createElement(tag);
  const attributes = typeof state === "string" ? { class: state || null } : (state ?? {});
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...content.filter((part) => part !== null && part !== undefined && part !== ""));
  return node;
}
