// Workers are few. Whoever needs one joins; where there are too many, whoever has been out of view, or else waiting, for
// longest gives theirs up. A figure and the run beside it come and go together: one member, two workers.

/** `workers` is how many it takes. @typedef {{ inView: boolean, workers: number, rest: () => Promise<void> }} Member */

export class Crew {
  /** How many may have a worker at once. */ limit = Infinity;
  /** Those who have one, in the order they joined in. @type {Member[]} */ #members = [];
  /** Joining goes one by one. @type {Promise<unknown>} */ #last = Promise.resolve();

  /** Makes room for all the workers that the member takes. Whoever is in view is never sent off for one who is not: then there is no room. @param {Member} member @returns {Promise<boolean>} */
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
    const others = () => this.#members.filter((other) => other !== member);
    while (others().length && others().reduce((sum, { workers }) => sum + workers, member.workers) > this.limit) {
      const leaves = others().find(({ inView }) => !inView) ?? (member.inView ? others()[0] : null);
      if (!leaves) return false;
      this.leave(leaves);
      await leaves.rest();
    }
    this.#members = [...others(), member];
    return true;
  }
}

/** The page's. */
export const crew = new Crew();
