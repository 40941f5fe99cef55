// Words that stand on one page and serve on others: the chooser of a start, the sentences of steps, the names of lines.

/**
 * Puts them into an element that only names the page which has them.
 * @param {HTMLElement} element `data-words` is the address of that page
 * @returns {Promise<void>} rejects where the page can't be had
 */
export async function borrow(element) {
  const lender = (await page(element.dataset.words)).querySelector(".directions");
  element.querySelector(".chooser").replaceWith(lender.querySelector(".chooser"));
  element.append(...lender.querySelectorAll("template[data-step], template[data-line]"));
}

/** A page of the guide, read. No script in it runs, and the policy of the guide allows no other way to read HTML. */
export function page(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => (request.status === 200 && request.responseXML ? resolve(request.responseXML) : reject());
    request.onerror = reject;
    request.send();
  });
}
