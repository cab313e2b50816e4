//! The headers every answer carries. The one place of the Content-Security-Policy; index.html repeats it as a `<meta>` and
//! a test compares the two.

/// What the page may do: run its own files and nothing else, talk to its own server and to nobody else.
pub const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
     form-action 'none'; object-src 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types worker";

/// The other headers, as a server in a hospital would send them.
pub const HEADERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The policy as a `<meta>` can carry it: without `frame-ancestors`, which only a header may hold.
pub fn for_meta() -> String {
    CONTENT_SECURITY.split("; ").filter(|part| !part.starts_with("frame-ancestors")).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn page_and_server_state_the_same_policy() {
        let page = include_str!("../../index.html");
        let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", super::for_meta());
        assert!(page.contains(&meta), "index.html must hold exactly:\n{meta}");
    }
}
