async () => {
  if (typeof DecompressionStream !== "function") {
    return refuse(["This browser is too old to unpack the aid from one file.", "A current Chrome, Edge, Firefox or Safari can; or open the aid from its server."]);
  }
  try {
    const letters = document.getElementById("packed-program").textContent.trim();
    const stream = new Blob([Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0))]).stream();
    // The archive ends with a checksum, which is held against what comes out.
    const bytes = await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    return { bytes, glue };
  } catch (error) {
    console.error(error);
    return refuse(["This file is damaged or cut short.", "Copy it again from where it came from."]);
  }
}
