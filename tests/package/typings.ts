// Checked, not run: whoever imports the package sees these types, and the element itself has what they promise.
import { GenLab, type Snapshot, type Settings } from 'genlab';
import widget from 'genlab/widget';
import { GenLab as Element } from '../../www/lab.js';

const figure: GenLab = document.createElement('gen-lab');
figure.change({ lr_d: 0.002, loss: 'hinge' });
figure.step('phase', 3);
figure.addEventListener('genlab:snapshot', ({ detail }: CustomEvent<Snapshot>) => detail.step.toFixed());
const settings: Settings | null = figure.settings;
const away: () => void = widget.render({ model: { get: () => settings, on: () => {}, off: () => {} }, el: document.body });
away();

type Promised = Pick<GenLab, 'play' | 'pause' | 'step' | 'reset' | 'seek' | 'limit' | 'change' | 'choosePreset' | 'link' | 'settings' | 'parts'>;
export const kept: Promised = new Element();

// @ts-expect-error no such stride
figure.step('epoch');
