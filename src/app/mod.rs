//! What is drawn. Holds no rule and does no arithmetic.

use leptos::prelude::*;
use plain_view::view;

use crate::browser::BuildId;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let BuildId(build) = expect_context::<BuildId>();
    let (count, set_count) = signal(0);
    view! {
        <main data-testid="app" data-build=build>
            <h1>"Inotuzumab ozogamicin"</h1>
            <button data-testid="count" on:click=move |_| set_count.update(|n| *n += 1)>{count}</button>
        </main>
    }
}
