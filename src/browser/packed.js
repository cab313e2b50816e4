/** The bytes of a piece of this file. The archive ends with a checksum, which is held against what comes out. */
async function unpacked(id) {
  const letters = document.getElementById(id).textContent.trim();
  const stream = new Blob([Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0))]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

const packed = async () => {
  if (typeof DecompressionStream !== "function") {
    return refuse(["This browser is too old to unpack the aid from one file.", "A current Chrome, Edge, Firefox or Safari can; or open the aid from its server."]);
  }
  try {
    return { bytes: await unpacked("packed-program"), glue };
  } catch (error) {
    console.error(error);
    return refuse(["This file is damaged or cut short.", "Copy it again from where it came from."]);
  }
};

// What is taken out of the file only when it is used.
let later;
globalThis.aidPart = () => (later ??= engineModule());
