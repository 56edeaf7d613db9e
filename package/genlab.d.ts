// What a page may do with <gen-lab>, and what it hears of it.

/** Settings of a run, by name; a copied link holds the same. */
export type Settings = Record<string, string | number>;

/** `line` and `phase` of the algorithm, an update of D or of G, or a whole step. */
export type Stride = 'line' | 'phase' | 'd' | 'g' | 'both';

/** The run as it stands: the detail of `genlab:snapshot`. */
export interface Snapshot {
  type: 'snapshot';
  run: number;
  step: number;
  playing: boolean;
  /** A Float32Array for each of the model's curves, from step `first` on. */
  curves: { first: number; [curve: string]: Float32Array | number };
  metrics: { id: string; live: number; ema: number; floor: number; chance: number; max: number | null }[];
  health: { diverged_at: number | null; collapsed_at: number | null; won_at: number | null; converged_at: number | null };
  stopped: 'steps' | 'seconds' | 'converged' | 'diverged' | null;
  /** What the parts on show were drawn from. */
  probes: Record<string, { shape: [number, number]; values: Float32Array }>;
  steps_per_second?: number;
}

/** `<gen-lab figure seed settings show hide theme lang hash>` */
export declare class GenLab extends HTMLElement {
  play(): void;
  pause(): void;
  step(what: Stride, count?: number): void;
  /** Back to the same initial weights. */
  reset(): void;
  /** Back to the last moment kept at or before a step. */
  seek(step: number): void;
  /** No playing beyond this step, until another is named. */
  limit(step: number | null): void;
  /** Changes settings: at once where they are live, else by starting anew. */
  change(changes: Settings): void;
  choosePreset(id: string): void;
  /** The link that repeats this run: what follows `#` in an address, with the `#`. */
  get link(): string;
  /** The settings of the run on show, in full; null before there is one. */
  get settings(): Settings | null;
  /** The names of the parts that are shown. */
  get parts(): string[];

  addEventListener(type: 'genlab:snapshot', listener: (event: CustomEvent<Snapshot>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'gen-lab': GenLab;
  }
}
