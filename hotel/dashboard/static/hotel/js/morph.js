// What a refresh of a part leaves alone: forms that somebody fills in, or was refused, with the version that he saw;
// what he has folded out; and what a script writes by itself (data-own).
const isTouched = (field) =>
  field === document.activeElement
  || (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.options ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected))
      : "defaultValue" in field && field.value !== field.defaultValue);
const isInWork = (form) =>
  [...form.elements].some((field) => field.type !== "hidden" && field.tagName !== "BUTTON" && isTouched(field))
  || form.querySelector("[aria-invalid=true], .errorlist") !== null;

Object.assign(Idiomorph.defaults, { ignoreActiveValue: true });
Object.assign(Idiomorph.defaults.callbacks, {
  beforeNodeMorphed: (node) => !(node.nodeName === "FORM" && isInWork(node)) && node.dataset?.own === undefined,
  beforeAttributeUpdated: (name) => name !== "open",
});
