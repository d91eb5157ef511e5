// Ties the buttons of the page to the passkeys of the browser; what the browser refuses is told beside them.
(() => {
  const challenge = document.getElementById("passkey-challenge");
  const told = document.getElementById("passkey-refused");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    told.hidden = false;
  });
  if (!challenge) return;
  const options = JSON.parse(challenge.textContent);
  const forms = window.allauth.webauthn.forms;
  if (document.getElementById("passkey-add")) {
    forms.addForm({ data: { creation_options: options }, ids: { add: "passkey-add", credential: "credential" } });
  }
  if (document.getElementById("passkey-use")) {
    forms.authenticateForm({
      data: { request_options: options },
      ids: { authenticate: "passkey-use", credential: "credential" },
    });
  }
})();
