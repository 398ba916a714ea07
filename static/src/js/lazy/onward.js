// On the way to a provider and back: what the person would press anyway is pressed for them.
const onward = document.querySelector('[data-onward]')

if (onward instanceof HTMLFormElement) onward.requestSubmit()
else onward?.click()
