// Elements are made by calls, never by markup: text of the store stays text.

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  kind = '',
  ...parts: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...parts);
  return made;
}

export function button(words: string, press: () => void, kind = 'jusou-side-button'): HTMLElement {
  const made = element('button', kind, words);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}
