// Kinds of model by what there is to do with them.

/** Games of two networks. */
export const GANS = ['gan', 'line_gan', 'picture_gan', 'sequence_gan'];

/** Who learns to write. */
export const WRITERS = ['autoregressive', 'sequence_gan'];
