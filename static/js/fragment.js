// Parts of other pages of the guide, for what stands once and serves on many.

/**
 * A page, read. No script in it runs, and the policy of the guide allows no other way to read HTML.
 * @param {string} address
 * @returns {Promise<Document>} rejects where the page can't be had
 */
export function readPage(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () =>
      request.status === 200 && request.responseXML ? resolve(request.responseXML) : reject(new Error(address));
    request.onerror = () => reject(new Error(address));
    request.send();
  });
}
