//! The aid inside another page: the page of `examples/intranet` on a server of its own, under its own strict policy, with the engine
//! alone, a frame and two elements; and what a hostile page and a hostile link can do, which is nothing.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use e2e::{Page, Setup, Site, State, Theme};
use fantoccini::elements::Element;
use serde_json::{Value, json};
use xtask::server::Server;

const ADULT: &str = include_str!("../../fhir/adult.json");

/// What stands in the example for the address of the aid.
const ADDRESS: &str = "https://aid.example.org/";

fn example() -> PathBuf {
    xtask::shell::root().join("examples/intranet")
}

fn text(file: PathBuf) -> String {
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The page around the aid, and the server of the aid.
struct Host {
    page: Page,
    aid: Server,
}

/// The example as its README says to serve it; the aid hears it when it is `listed`.
async fn host_of(listed: bool) -> Host {
    let built = Setup::new().site();
    let aid = Server::start(built.clone()).expect("a port is free");
    let here = |text: String| text.replace(ADDRESS, &aid.url());
    let readme = here(text(example().join("README.md")));
    let policy =
        readme.lines().find_map(|line| line.strip_prefix("Content-Security-Policy: ")).expect("the README has it");
    let mut beside = vec![("index.html".to_owned(), here(text(example().join("index.html"))).into_bytes())];
    for file in xtask::stamp::files_under(&e2e::dist().join("api")) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        beside.push((format!("api/{name}"), fs::read(&file).expect("the engine is built")));
    }
    let around = Setup::of(Site { policy: Some(policy.to_owned()), beside, ..Site::new(example()) });
    // Its port is known once it serves something; of the frames, the aid refuses none then.
    let empty = b"<!doctype html><title>Empty</title><link rel=\"icon\" href=\"data:,\">Nothing yet".to_vec();
    let page = Setup::of(Site { beside: vec![("index.html".to_owned(), empty)], ..Site::new(example()) }).open().await;
    let origin = page.server.url().trim_end_matches('/').to_owned();
    let origins = if listed { vec![origin.clone()] } else { vec!["https://ehr.example.org".to_owned()] };
    let config = json!({"schema": 1, "origins": origins}).to_string().into_bytes();
    let policy =
        xtask::policy::CONTENT_SECURITY.replace("frame-ancestors 'self'", &format!("frame-ancestors 'self' {origin}"));
    aid.serve(Site { beside: vec![("config.json".to_owned(), config)], policy: Some(policy), ..built });
    page.serve(around.site()).await;
    Host { page, aid }
}

impl Host {
    /// An element, as a script finds it.
    async fn element(&self, script: &str) -> Element {
        let found = self.page.js(&format!("return {script}")).await;
        let id = found
            .as_object()
            .and_then(|found| found.values().next()?.as_str())
            .unwrap_or_else(|| panic!("{script}: {found}"));
        Element::from_element_id(self.page.client.clone(), id.to_owned().into())
    }

    /// Into the frame that a script finds, once the aid runs in it.
    async fn enter(&self, frame: &str) -> &Page {
        self.element(frame).await.enter_frame().await.expect("the frame can be entered");
        self.page
            .wait_for(Duration::from_secs(20), "the aid in its frame", async || {
                self.page.state().await == State::Running
            })
            .await;
        &self.page
    }

    async fn leave(&self) {
        self.page.client.enter_parent_frame().await.expect("the page around it");
    }

    async fn is(&self, what: &str, script: &str, value: Value) {
        let look = async || self.page.js(&format!("return {script}")).await;
        let end = std::time::Instant::now() + Duration::from_secs(20);
        while look().await != value {
            assert!(std::time::Instant::now() < end, "{what}: {script} is {}, not {value}", look().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Hello was said and answered: what is asked before is not heard.
    async fn greeted(&self) {
        self.is("hello", "document.getElementById('frame').style.blockSize !== ''", json!(true)).await;
    }

    async fn press(&self, id: &str) {
        self.page
            .js_with(
                "delete document.getElementById('frame').dataset.answer; document.getElementById(arguments[0]).click()",
                vec![json!(id)],
            )
            .await;
    }

    async fn answered(&self, answer: &str) {
        self.is("the answer", "document.getElementById('frame').dataset.answer ?? null", json!(answer)).await;
    }
}

const FRAME: &str = "document.getElementById('frame')";
const SENT: &str = "incomplete, 1.456 mg (not released)";

#[tokio::test]
async fn the_engine_alone_answers_in_a_page_and_in_a_worker() {
    let host = host_of(true).await;
    host.is("in the page", "document.getElementById('in-page').textContent", json!(SENT)).await;
    host.is("in the worker", "document.getElementById('in-worker').textContent", json!(SENT)).await;
    assert_eq!(host.page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_frame_takes_a_case_and_asks_before_it_replaces_what_was_typed() {
    let host = host_of(true).await;
    let page = host.enter(FRAME).await;
    host.leave().await;
    host.greeted().await;

    host.press("load").await;
    host.answered("done").await;
    host.is("its assessment", "document.getElementById('told').textContent", json!(SENT)).await;
    // Nobody has typed: the next case takes its place at once. Who is in the page around the aid stays there.
    page.js("document.getElementById('load').focus()").await;
    host.press("load").await;
    host.answered("done").await;
    // The focus would go with the next frame drawn, or the one after.
    tokio::time::sleep(Duration::from_millis(200)).await;
    host.is("the focus", "document.activeElement.id", json!("load")).await;

    host.enter(FRAME).await;
    page.expect("dose", "1.456 mg").await;
    page.go("#patient").await;
    // In WebKit the frame of another site takes no focus before somebody has touched it.
    page.tap("Weight").await;
    page.fill("Weight", "80").await;
    page.expect("dose", "1.552 mg").await;
    host.leave().await;
    host.is(
        "what was typed is told",
        "document.getElementById('told').textContent",
        json!("incomplete, 1.552 mg (not released)"),
    )
    .await;

    for (press, answer, dose) in [("Keep what is typed", "kept", "1.552 mg"), ("Load the case", "done", "1.456 mg")] {
        host.press("load").await;
        host.enter(FRAME).await;
        page.expect_text("sends another case").await;
        page.expect("dose", "1.552 mg").await;
        page.press(press).await;
        host.leave().await;
        host.answered(answer).await;
        host.enter(FRAME).await;
        page.expect("dose", dose).await;
        host.leave().await;
    }

    host.press("dark").await;
    host.answered("done").await;
    host.enter(FRAME).await;
    assert_eq!(page.js("return document.documentElement.dataset.theme").await, json!("dark"));
    page.js("window.print = () => { window.printed = location.hash }").await;
    host.leave().await;
    host.press("print").await;
    host.answered("done").await;
    host.enter(FRAME).await;
    assert_eq!(page.js("return window.printed").await, json!("#summary"));
    host.leave().await;
    // Nobody has typed since: it is cleared at once.
    host.press("reset").await;
    host.answered("done").await;
    host.is("nothing is left", "document.getElementById('told').textContent", json!(SENT)).await;
    host.enter(FRAME).await;
    assert!(!page.shows("dose").await);
    assert_eq!(page.js("return sessionStorage.length").await, json!(0), "two frames of one tab would share it");
}

#[tokio::test]
async fn a_frame_is_as_high_as_what_it_holds_and_fits_from_320_px() {
    let host = host_of(true).await;
    host.enter(FRAME).await;
    host.leave().await;
    host.greeted().await;
    for width in [1100, 700, 320] {
        host.page
            .js_with("document.getElementById('frame').style.inlineSize = `${arguments[0]}px`", vec![json!(width)])
            .await;
        host.press("load").await;
        host.answered("done").await;
        host.enter(FRAME).await;
        for step in ["#patient", "#course", "#summary", "#visit"] {
            host.page.go(step).await;
            host.is(
                &format!("{width} px, {step}"),
                "document.documentElement.scrollHeight <= innerHeight && innerHeight - document.querySelector('.aid').offsetHeight < 60",
                json!(true),
            )
            .await;
            let wide = host.page.js("return document.documentElement.scrollWidth - innerWidth").await;
            assert_eq!(wide, json!(0), "{width} px, {step}");
        }
        host.leave().await;
        host.page.picture(&format!("embedded-{width}")).await;
    }
}

/// F32: from a page that is listed and from one that is not.
#[tokio::test]
async fn forged_huge_and_hostile_messages_change_nothing() {
    for listed in [true, false] {
        let host = host_of(listed).await;
        let page = host.enter(FRAME).await;
        page.choose("Label", "EU").await;
        let before =
            page.js("return ['.bar', 'main', '.plan'].map(part => document.querySelector(part).innerText)").await;
        host.leave().await;
        let sent = host
            .page
            .js("const frame = document.getElementById('frame').contentWindow;
                const visit = {schema: 1, profile: 'us', date: '2026-11-23'};
                const versions = [undefined, null, 0, 2, '1', 1.5, [], {}, NaN, true];
                const asks = ['eval', 'Load', 'load ', 'hello\\u0000', '__proto__', 'constructor', null, 1, [], {}, 'tell', '<script>'];
                const shapes = [null, undefined, 0, '', 'hello', [], new Date(), new Map([[1, 2]]), 10n, new Uint8Array(1000000), 'x'.repeat(1000000),
                    JSON.parse('{\"__proto__\": {\"inotuzumab\": 1}, \"inotuzumab\": 1, \"ask\": \"reset\"}'),
                    {inotuzumab: 1, ask: 'reset', toString: 1}, {inotuzumab: 1, ask: 'load', case: 'x'.repeat(1000000)},
                    {inotuzumab: 1, ask: 'load', case: visit, html: '<img src=x onerror=alert(1)>'}, {inotuzumab: 1, ask: 'theme', theme: 'red; }'},
                    {inotuzumab: 1, ask: 'record', id: 1}, {inotuzumab: 1, ask: 'record', bundle: {resourceType: 'Bundle'}}, {inotuzumab: 1, ask: 'record', bundle: 'x'.repeat(9000000)},
                    {inotuzumab: 1, ask: 'record', bundle: '{\"resourceType\": \"Bundle\"'}, {inotuzumab: 1, ask: 'record', bundle: '{}', url: 'https://ehr.example.org'},
                    {inotuzumab: 1, ask: 'hello', profile: '__proto__'}, {inotuzumab: 1, ask: 'load', case: {...visit, patient: {name: '<b>'}}},
                    {inotuzumab: 1, ask: 'load', case: {...visit, date: \"2026-11-23'><script>\"}}];
                const loop = {inotuzumab: 1, ask: 'load'};
                loop.case = loop;
                shapes.push(loop);
                let deep = {};
                for (let depth = 0; depth < 1000; depth++) deep = {patient: deep};
                shapes.push({inotuzumab: 1, ask: 'load', case: deep});
                for (const inotuzumab of versions) for (const ask of ['load', 'reset', 'print', 'theme', 'hello']) shapes.push({inotuzumab, ask, case: visit});
                for (const ask of asks) for (const id of [1, -1, 'x', null, {}]) shapes.push({inotuzumab: 1, ask, id, case: visit});
                for (let n = 0; n < 100; n++) shapes.push({inotuzumab: 1, ask: 'load', id: n, case: visit, ['x'.repeat(n + 1)]: n});
                for (const shape of shapes) frame.postMessage(shape, '*');
                return shapes.length")
            .await;
        assert!(sent.as_u64().is_some_and(|sent| sent > 200), "{sent}");
        if !listed {
            // What a listed page may say is not heard from this one.
            for ask in ["reset", "load", "record"] {
                host.press(ask).await;
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(host.page.js("return document.getElementById('frame').style.blockSize !== ''").await, json!(listed));
        host.enter(FRAME).await;
        assert_eq!(page.state().await, State::Running);
        assert_eq!(
            page.js("return ['.bar', 'main', '.plan'].map(part => document.querySelector(part).innerText)").await,
            before,
            "listed: {listed}"
        );
        assert_eq!(
            page.js("return [document.documentElement.dataset.theme ?? '', {}.inotuzumab ?? '']").await,
            json!(["", ""])
        );
    }
}

/// F33: a link is a place in the aid or nothing.
#[tokio::test]
async fn hostile_links_are_text_and_nothing_else() {
    let page = e2e::open().await;
    let before = page.js("return [document.title, document.querySelector('.aid').innerText]").await;
    let mut links = Vec::new();
    for word in [
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "\"><img src=x onerror=alert(1)>",
        "__proto__",
        "constructor",
        "../../etc",
        "%00",
        "%F0%28",
        "\u{202e}tisiv",
        "panic_test",
    ] {
        for shape in [
            "#W",
            "#visit/W",
            "#rules/W",
            "#W/rules",
            "?embed=W",
            "?embed=1&W",
            "?W=1#W",
            "#embed/W",
            "#embedW",
            "#check/W",
            "#case=W",
            "?config=W",
            "?theme=W&profile=W",
            "#evidence/W",
            "#drug?W",
            "#patient&W",
            "#rules/CYTO-01/W",
            "?panic-test#W",
            "#W#W",
            "?#W",
        ] {
            links.push(shape.replace('W', word));
        }
    }
    assert_eq!(links.len(), 200);
    // Within one page: the part behind # changes, the rest is put into the address.
    for link in &links {
        page.js_with("history.replaceState(null, '', location.pathname); location.href = location.pathname + (arguments[0].startsWith('#') ? arguments[0] : '#' + arguments[0])", vec![json!(link)]).await;
        assert_eq!(page.state().await, State::Running, "{link}");
        assert_eq!(
            page.js("return document.querySelectorAll('.aid script, .aid img, .aid iframe').length").await,
            json!(0),
            "{link}"
        );
    }
    // From the start, a few of each kind.
    for link in links.iter().step_by(17) {
        let address = format!("{}{link}", page.server.url());
        page.leave().await;
        page.js_with("location.href = arguments[0]", vec![json!(address)]).await;
        page.wait_for(Duration::from_secs(10), link, async || page.state().await == State::Running).await;
        let alien = page.js("return [document.querySelectorAll('.aid script, .aid img, .aid iframe').length, Object.keys(sessionStorage).length, {}.W ?? 0]").await;
        assert!(alien[0] == 0 && alien[1].as_u64() <= Some(1) && alien[2] == 0, "{link}: {alien}");
    }
    page.go("#visit").await;
    page.visit().await;
    page.expect_state(State::Running).await;
    assert_eq!(page.js("return [document.title, document.querySelector('.aid').innerText]").await, before);
}

#[tokio::test]
async fn where_a_query_gets_lost_the_part_behind_the_hash_says_the_same() {
    let page = Setup::new().at("#embed/patient").open().await;
    page.expect_state(State::Running).await;
    page.expect_text("Height").await;
    page.expect_text("told to nobody but the page around this one").await;
    assert!(!page.text().await.contains("Nothing typed here leaves"), "it may: to the page around this one");
    assert_eq!(
        page.js("return [document.querySelector('.aid').matches('.embedded'), location.search, location.hash]").await,
        json!([true, "?embed=1", "#patient"])
    );
    page.go("#visit").await;
    page.reload().await;
    assert_eq!(page.js("return document.querySelector('.aid').matches('.embedded')").await, json!(true));
    let whole = Setup::new().at("#embedded").open().await;
    whole.expect_state(State::Running).await;
    assert_eq!(whole.js("return document.querySelector('.aid').matches('.embedded')").await, json!(false));
}

/// From the width of a phone on, in both themes.
#[tokio::test]
async fn a_part_of_a_page_keeps_nobody_out() {
    let page = Setup::new().at("?embed=1#patient").open().await;
    page.expect_state(State::Running).await;
    for (width, theme) in [(320, Theme::Light), (320, Theme::Dark), (820, Theme::Light), (1280, Theme::Dark)] {
        page.size(width, 844).await;
        page.theme(theme).await;
        page.accessible(&format!("a part of a page, {width} px, {theme}")).await;
    }
}

/// Clickjacking: who is not named by the server does not get the page into a frame at all.
#[tokio::test]
async fn a_page_that_the_server_does_not_name_frames_nothing() {
    let aid = Server::start(Setup::new().site()).expect("a port is free");
    let index = text(example().join("index.html")).replace(ADDRESS, &aid.url());
    let beside = vec![("index.html".to_owned(), index.into_bytes())];
    let page = Setup::of(Site { policy: None, headers: false, beside, ..Site::new(example()) }).open().await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    page.client.enter_frame(0).await.expect("a frame, with nothing of the aid in it");
    assert_ne!(page.state().await, State::Running);
    assert!(!page.text().await.contains("Inotuzumab"));
}

#[tokio::test]
async fn elements_stand_beside_each_other_and_leave_nothing_behind() {
    let host = host_of(true).await;
    host.page.js("window.heard = []; for (const name of ['hello', 'case', 'done']) document.addEventListener(`aid-${name}`, (event) => window.heard.push([event.target.id, name]))").await;
    let inside = |id: &str| format!("document.getElementById('{id}').shadowRoot.querySelector('iframe')");
    for (id, theme, label) in [("one", "light", "EU SmPC"), ("two", "dark", "US label 3/2024")] {
        let page = host.enter(&inside(id)).await;
        page.wait_for(Duration::from_secs(10), "theme and label of the attributes", async || {
            page.js("return document.documentElement.dataset.theme").await == theme
                && page.read("edition").await == label
        })
        .await;
        host.leave().await;
    }

    // Each has its own case.
    let load = "const [id, kg, done] = arguments;
        const visit = {schema: 1, profile: 'us', date: '2026-11-23', patient: {age_years: 46, height: {value: 170, unit: 'cm'}, weight: {value: kg, unit: 'kg'}}, visit: {cycle: 1, day: 1}};
        document.getElementById(id).load(visit).then(done, (error) => done(`${error.code} ${error.path}`))";
    for (id, kg, answer) in
        [("one", 70, "done"), ("two", 80, "done"), ("two", 301, "out_of_range patient.weight.value")]
    {
        let told = host.page.client.execute_async(load, vec![json!(id), json!(kg)]).await.expect("an answer");
        assert_eq!(told, json!(answer), "{id}");
    }
    host.is(
        "each its own",
        "['one', 'two'].map((id) => document.getElementById(id).assessment?.dose?.mg)",
        json!([1.456, 1.552]),
    )
    .await;
    // Each step of the walk looks to WebKit like a new frame; only an aid that starts anew says hello again.
    host.page.js("window.heard.length = 0").await;
    let hellos = "window.heard.filter(([, name]) => name === 'hello').length";
    let load_two =
        async || host.page.client.execute_async(load, vec![json!("two"), json!(80)]).await.expect("an answer");
    let page = host.enter(&inside("two")).await;
    for step in ["#patient", "#course"] {
        page.go(step).await;
    }
    host.leave().await;
    assert_eq!(load_two().await, json!("done"));
    assert_eq!(host.page.js(&format!("return {hellos}")).await, json!(0));
    host.enter(&inside("two")).await;
    page.js("setTimeout(() => location.reload(), 0)").await;
    host.leave().await;
    host.is("the one that started anew", hellos, json!(1)).await;
    assert_eq!(load_two().await, json!("done"));
    host.page.js("document.getElementById('one').setAttribute('theme', 'dark')").await;
    let page = host.enter(&inside("one")).await;
    page.wait("the attribute changed", async || {
        page.js("return document.documentElement.dataset.theme").await == "dark"
    })
    .await;
    host.leave().await;

    // Mounted and unmounted: no frame, no listener, no answer is left.
    let frames = host.page.js("return window.length").await;
    host.page
        .js("window.listening = 0;
            const add = window.addEventListener;
            window.addEventListener = function (type, act, options) {
                if (type === 'message') { window.listening += 1; options?.signal?.addEventListener('abort', () => { window.listening -= 1 }); }
                return add.call(this, type, act, options);
            };
            for (let n = 0; n < 20; n++) { const element = document.createElement('inotuzumab-aid'); document.body.append(element); element.remove(); }")
        .await;
    assert_eq!(host.page.js("return [window.length, window.listening]").await, json!([frames, 0]));
    let refused = host
        .page
        .client
        .execute_async(
            "const done = arguments[0], one = document.getElementById('one'); const asked = one.print(); one.remove();
             asked.then(done, (error) => done(error.code))",
            Vec::new(),
        )
        .await
        .expect("an answer");
    assert_eq!(refused, json!("not_now"));
    host.page.js("window.heard.length = 0; document.body.append(document.getElementById('two'))").await;
    // Moved to another place it begins anew.
    host.is("the one that moved", "window.heard.some(([id, name]) => id === 'two' && name === 'hello')", json!(true))
        .await;
    assert_eq!(host.page.js("return window.heard.filter(([id]) => id !== 'two').length").await, json!(0));
    assert_eq!(host.page.complaints().await, Vec::<String>::new());
    drop(host.aid);
}

/// A record of the page around the aid is one that was handed over: nothing of it counts before it is tapped.
#[tokio::test]
async fn a_record_that_is_posted_is_shown_and_waits_for_each_tap() {
    let host = host_of(true).await;
    let page = &host.page;
    let one = "document.getElementById('one').shadowRoot.querySelector('iframe')";
    host.enter(one).await;
    host.leave().await;
    // What is out of sight draws nothing.
    page.js("document.getElementById('one').scrollIntoView()").await;
    host.is("hello", &format!("{one}.style.blockSize !== ''"), json!(true)).await;
    // Asks the element, and writes down what becomes of it.
    let ask = async |method: &str, what: Value| {
        let script = "window.told = null;
            document.getElementById('one')[arguments[0]](arguments[1])
                .then((told) => { window.told = told }, (error) => { window.told = `${error.code} ${error.path}` })";
        page.js_with(script, vec![json!(method), what]).await;
    };
    let told = async |answer: &str| host.is("the answer", "window.told", json!(answer)).await;
    let visit = json!({"schema": 1, "profile": "us", "date": "2026-11-23", "visit": {"cycle": 1, "day": 1}});
    let adult: Value = serde_json::from_str(ADULT).expect("JSON");
    let newer = json!({"resourceType": "Bundle", "type": "collection", "entry": [adult["entry"][0]]});
    ask("load", visit.clone()).await;
    told("done").await;

    for bundle in
        [json!("<Bundle/>"), json!("{"), json!({"resourceType": "Patient"}), json!(null), json!("x".repeat(4_000_001))]
    {
        ask("record", bundle).await;
        told("no_record bundle").await;
    }
    ask("record", json!(ADULT)).await;
    told("done").await;
    host.enter(one).await;
    page.expect_text("18 values found").await;
    page.go("#patient").await;
    page.expect_text("Height").await;
    assert_eq!(page.value("Height").await, "", "something was taken without a tap");
    page.go("#visit").await;
    page.press("Take Height 170 cm").await;
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "170");
    host.leave().await;

    // The user is at work: the next record does not lead away unasked, and is no leave to replace what was tapped.
    for (press, answer, found) in
        [("Not now", "kept", "18 values found"), ("Show the values", "done", "2 values found")]
    {
        ask("record", newer.clone()).await;
        host.enter(one).await;
        page.expect_text("sends values from the record").await;
        assert_eq!(page.js("return location.hash").await, "#patient");
        page.press(press).await;
        host.leave().await;
        told(answer).await;
        host.enter(one).await;
        page.go("#visit").await;
        page.expect_text(found).await;
        page.go("#patient").await;
        page.expect_text("Height").await;
        host.leave().await;
    }
    ask("load", visit).await;
    host.enter(one).await;
    page.expect_text("sends another case").await;
    host.leave().await;
    // Whose it is, is not known before the user has answered.
    page.js_with("window.second = null; document.getElementById('one').record(arguments[0]).catch((error) => { window.second = error.code })", vec![newer])
        .await;
    host.is("the answer", "window.second", json!("not_now")).await;
    host.enter(one).await;
    page.press("Load the case").await;
    host.leave().await;
    told("done").await;
    host.enter(one).await;
    page.go("#visit").await;
    page.expect_text("Take values from the record").await;
    assert!(!page.text().await.contains("values found"), "the record of another patient is still there");
    host.leave().await;

    // By message, as the example does; and an object in the place of the text.
    host.enter(FRAME).await;
    host.leave().await;
    host.greeted().await;
    host.press("record").await;
    host.answered("done").await;
    page.js("window.addEventListener('message', ({data}) => { if (data?.tell === 'refused') window.refused = [data.id, data.error.code, data.error.path] });
        document.getElementById('frame').contentWindow.postMessage({inotuzumab: 1, ask: 'record', id: 77, bundle: {resourceType: 'Bundle'}}, '*')")
        .await;
    host.is("the refusal", "window.refused ?? null", json!([77, "invalid_json", "bundle"])).await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}
