// Workers are few. Whoever needs one joins; where there are too many, whoever has been out of view, or else waiting, for
// longest gives theirs up.

/** @typedef {{ inView: boolean, rest: () => Promise<void> }} Member */

export class Crew {
  /** How many may have a worker at once. */ limit = Infinity;
  /** Those who have one, in the order they joined in. @type {Member[]} */ #members = [];
  /** Joining goes one by one. @type {Promise<unknown>} */ #last = Promise.resolve();

  /** Makes room. Whoever is in view is never sent off for one who is not: then there is no room. @param {Member} member @returns {Promise<boolean>} */
  join(member) {
    const joined = this.#last.then(() => this.#admit(member));
    this.#last = joined;
    return joined;
  }

  /** @param {Member} member */
  leave(member) {
    this.#members = this.#members.filter((other) => other !== member);
  }

  /** @param {Member} member */
  async #admit(member) {
    this.leave(member);
    while (this.#members.length >= this.limit) {
      const leaves = this.#members.find(({ inView }) => !inView) ?? (member.inView ? this.#members[0] : null);
      if (!leaves) return false;
      this.leave(leaves);
      await leaves.rest();
    }
    this.#members.push(member);
    return true;
  }
}

/** The page's. */
export const crew = new Crew();
