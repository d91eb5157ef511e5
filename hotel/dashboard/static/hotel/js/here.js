// Who else has this page open: small round initials beside its title, with the name for those who rest on them.
const box = () => document.getElementById("here");

export const showHere = (people) => {
  if (!box()) return;
  box().hidden = people.length === 0;
  box().querySelector("ul").replaceChildren(...people.map(([letters, name]) => {
    const one = document.createElement("li"), round = document.createElement("b"), words = document.createElement("span");
    one.tabIndex = 0;
    round.ariaHidden = "true";
    round.textContent = letters;
    words.textContent = name;
    one.append(round, words);
    return one;
  }));
};
