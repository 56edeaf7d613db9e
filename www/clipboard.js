/** Whether the text is on the clipboard now: browsers may refuse. @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  return (await navigator.clipboard?.writeText(text).then(() => true, () => false)) ?? false;
}
