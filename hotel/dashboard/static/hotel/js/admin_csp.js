// Unfold's components for the build of Alpine that needs no eval: factories are registered by name, and what
// stood in its templates as statements are methods here.
document.addEventListener("alpine:init", () => {
  for (const name of ["theme", "searchForm", "searchDropdown"]) {
    if (typeof window[name] === "function") Alpine.data(name, window[name]);
  }
  Alpine.data("searchCommand", () => ({
    ...window.searchCommand(),
    handleEnter(event, addHistory) {
      if (!event.metaKey && !event.ctrlKey) this.selectItem(addHistory, false);
    },
  }));
  Alpine.data("house", () => ({
    activeTab: "",
    sidebarMobileOpen: false,
    sidebarDesktopOpen: localStorage.getItem("sidebarDesktopOpen") !== "0",
    init() {
      this.activeTab = getCurrentTab() || this.$el.dataset.tab || "";
      this.$watch("sidebarDesktopOpen", (open) => localStorage.setItem("sidebarDesktopOpen", open ? "1" : "0"));
    },
    toggleSidebar() {
      this.sidebarDesktopOpen = !this.sidebarDesktopOpen;
    },
    formAction() {
      const page = location.pathname + location.search;
      return this.activeTab && this.activeTab !== "general" ? `${page}#${this.activeTab}` : page;
    },
  }));
});
