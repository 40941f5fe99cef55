// The open page: elements that a module counts on, and sentences with their placeholders filled.

/**
 * The first element that a selector finds. A page without it, or with another kind of element, is an error in a template.
 * @template {Element} [E=HTMLElement]
 * @param {ParentNode} parent
 * @param {string} selector
 * @param {abstract new (...more: never[]) => E} [type] the class that it must have; HTMLElement where none is named
 * @returns {E} throws a TypeError with the selector where there is none
 */
export function find(parent, selector, type) {
  const element = parent.querySelector(selector);
  if (element instanceof (type ?? HTMLElement)) return /** @type {E} */ (element);
  throw new TypeError(selector);
}

/**
 * A sentence of the page with its placeholders, such as `{count}`, filled. One without a value stays as it is.
 * @param {string | undefined} sentence
 * @param {Record<string, string | number | string[] | undefined>} values
 */
export function fill(sentence, values) {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Fills the placeholders in the texts of an element.
 * @param {Node} element
 * @param {Parameters<typeof fill>[1]} values
 */
export function fillTexts(element, values) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.nodeValue = fill(texts.currentNode.nodeValue ?? "", values);
}

/** Gives the page its turn; timers would wait longer. */
export function turn() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
}
