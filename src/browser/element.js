// <inotuzumab-aid profile="eu" theme="light">: the aid as an element of any page, from one script tag. It is a frame in a shadow root that
// speaks the messages of docs/embedding.md: what the page says to the frame are attributes and methods here, what the frame says are
// events. Why a frame is in docs/decisions.

(() => {
  const NAME = "inotuzumab-aid";
  if (customElements.get(NAME)) return;
  const place = new URL("./", document.currentScript.src);
  const looks = new CSSStyleSheet();
  looks.replaceSync(":host { display: block } :host([hidden]) { display: none } iframe { display: block; inline-size: 100%; block-size: 600px; border: 0 }");

  // A longer record would not be looked into, and not answered.
  const LONGEST = 4_000_000;
  const notNow = (why) => Object.assign(new Error(why), { code: "not_now", path: "" });

  customElements.define(NAME, class extends HTMLElement {
    static observedAttributes = ["profile", "theme"];

    #root = this.attachShadow({ mode: "open" });
    #frame;
    #listening;
    #asking;
    // Whether the aid has ever answered, and whether it has since its frame was loaded last.
    #greeted = false;
    #awake = false;
    #count = 0;
    #waiting = new Map();

    /** The case and its assessment as the aid last told them; undefined while there is none. */
    case;
    assessment;

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [looks];
    }

    connectedCallback() {
      this.#frame = document.createElement("iframe");
      this.#frame.title = this.getAttribute("aria-label") ?? "Dosing aid for inotuzumab ozogamicin";
      this.#frame.referrerPolicy = "no-referrer";
      this.#frame.allow = "camera; clipboard-write";
      this.#frame.src = new URL("?embed=1", place);
      this.#listening = new AbortController();
      window.addEventListener("message", (event) => this.#heard(event), { signal: this.#listening.signal });
      // The aid starts some time after its frame has loaded, and may start anew.
      this.#frame.addEventListener("load", () => this.#introduce());
      this.#root.append(this.#frame);
    }

    disconnectedCallback() {
      this.#listening.abort();
      clearInterval(this.#asking);
      this.#frame.remove();
      this.#frame = undefined;
      this.#greeted = this.#awake = false;
      this.case = this.assessment = undefined;
      for (const { refuse } of this.#waiting.values()) refuse(notNow("The element was taken off the page."));
      this.#waiting.clear();
    }

    attributeChangedCallback(name) {
      if (!this.#greeted) return;
      if (name === "theme") this.#say({ ask: "theme", theme: this.#theme });
      else this.#hello();
    }

    /** Takes a case. What somebody has typed is replaced only when the user says so: then the answer is "done", else "kept". */
    load(visit) {
      return this.#ask({ ask: "load", case: visit });
    }

    /** Shows the values of a record: a Bundle of FHIR R4, best as the text that the server sent. The user takes each, or not. */
    async record(bundle) {
      const text = typeof bundle === "string" ? bundle : JSON.stringify(bundle);
      if (new Blob([text]).size > LONGEST) throw Object.assign(new Error("The record is longer than 4 MB."), { code: "no_record", path: "bundle" });
      return this.#ask({ ask: "record", bundle: text });
    }

    /** Opens the print dialog on the sheets. */
    print() {
      return this.#ask({ ask: "print" });
    }

    /** Clears everything; asks the user as `load` does. */
    reset() {
      return this.#ask({ ask: "reset" });
    }

    get #theme() {
      const theme = this.getAttribute("theme");
      return ["light", "dark"].includes(theme) ? theme : "auto";
    }

    // For WebKit a frame has loaded with every step of the walk, too: only the answer tells whether the aid has started anew.
    #introduce() {
      this.#awake = false;
      clearInterval(this.#asking);
      this.#hello();
      this.#asking = setInterval(() => this.#hello(), 250);
    }

    #hello() {
      const profile = this.getAttribute("profile");
      this.#say({ ask: "hello", ...(this.hasAttribute("theme") && { theme: this.#theme }), ...(["us", "eu"].includes(profile) && { profile }) });
    }

    #say(message) {
      this.#frame?.contentWindow?.postMessage({ inotuzumab: 1, ...message }, place.origin);
    }

    #ask(message) {
      return new Promise((done, refuse) => {
        if (!this.#greeted) return refuse(notNow("The aid is not ready: wait for the event aid-hello."));
        const id = ++this.#count;
        if (this.#awake) this.#say({ ...message, id });
        this.#waiting.set(id, { done, refuse, later: this.#awake ? undefined : { ...message, id } });
      });
    }

    // What was asked while nobody knew whether the aid is there is said now; what an aid that is gone was asked gets no answer any more.
    #wake(anew) {
      clearInterval(this.#asking);
      this.#greeted = this.#awake = true;
      for (const [id, one] of this.#waiting) {
        if (one.later) this.#say(one.later);
        else if (anew) {
          this.#waiting.delete(id);
          one.refuse(notNow("The aid started anew."));
        }
        one.later = undefined;
      }
    }

    #heard({ source, origin, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== place.origin) return;
      if (data?.inotuzumab !== 1 || typeof data.tell !== "string") return;
      const { tell, id, error } = data;
      if (tell === "hello") this.#wake(!data.again);
      if (data.again) return;
      if (tell === "height") this.#frame.style.blockSize = `${Math.max(200, Number(data.height) || 0)}px`;
      if (tell === "case") this.case = data.case;
      if (tell === "assessment") this.assessment = data.assessment;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (tell === "refused") waiting?.refuse(Object.assign(new Error(error?.message), { code: error?.code, path: error?.path }));
      else waiting?.done(tell);
      this.dispatchEvent(new CustomEvent(`aid-${tell}`, { detail: data, bubbles: true }));
    }
  });
})();
