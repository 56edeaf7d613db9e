// For pages that embed figures as iframes: each gets the height that the figure in it says it has. A classic script, so
// that pages of other origins may load it too.
addEventListener('message', ({ data, source }) => {
  const height = data?.type === 'genlab:height' ? data.height : NaN;
  if (!(height > 0 && height < 20_000)) return;
  for (const frame of document.querySelectorAll('iframe')) if (frame.contentWindow === source) frame.style.height = `${height}px`;
});
