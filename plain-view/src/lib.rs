//! leptos's `view!`, without strings of HTML.
//!
//! leptos builds an element in which nothing can change from a string, with `innerHTML`. The page's policy
//! (`require-trusted-types-for 'script'`) refuses that, for good reason, and the page stops the moment such an element is
//! drawn. So this [`view!`](macro@view) takes away what leptos goes by: it puts every literal into braces, where leptos
//! takes it for something that may change, and makes element after element through the DOM.
//!
//! Two habits remain: text is always quoted, and an element of elements has an attribute or a text somewhere (`<p><br/></p>`
//! has neither). `cargo xtask build` refuses a page that could still set `innerHTML`.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// The same as `leptos::prelude::view!`. Use it as `use plain_view::view;` beside `use leptos::prelude::*;`.
#[proc_macro]
pub fn view(markup: TokenStream) -> TokenStream {
    let braced: TokenStream = markup.into_iter().map(brace_literal).collect();
    let mut call: TokenStream = "::leptos::prelude::view!".parse().unwrap_or_default();
    call.extend([TokenTree::Group(Group::new(Delimiter::Brace, braced))]);
    call
}

/// `"text"` becomes `{"text"}`. What is in braces or brackets already is code, and stays as it is.
fn brace_literal(token: TokenTree) -> TokenTree {
    let TokenTree::Literal(literal) = token else {
        return token;
    };
    let span = literal.span();
    let mut group = Group::new(Delimiter::Brace, TokenTree::Literal(literal).into());
    group.set_span(span);
    TokenTree::Group(group)
}
