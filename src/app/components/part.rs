//! What the page is built of: one kind of element for every tag.
//!
//! An element function of leptos gives a type of its own to every shape that it is given, and each is compiled anew, about 2 kB
//! each. Here the tag is a value, what is set and what stands inside are lists, and whatever may change is behind one pointer:
//! the code for a button with three listeners is the code for a paragraph. Signals, effects and the rest of leptos stay as they
//! are; a `Part` is a view like any other.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::{Mountable, Position, PositionState};
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, Node};

/// Elements to be shown and hidden later, in the order drawn.
pub type Kept = Rc<RefCell<Vec<Element>>>;

/// An element under construction.
pub struct Part {
    tag: &'static str,
    namespace: Option<&'static str>,
    settings: Vec<Setting>,
    children: Vec<AnyView>,
}

/// An element with this tag.
#[must_use]
pub fn part(tag: &'static str) -> Part {
    Part { tag, namespace: None, settings: Vec::new(), children: Vec::new() }
}

/// An element with this tag that says this.
#[must_use]
pub fn said(tag: &'static str, words: String) -> Part {
    part(tag).child(words)
}

/// A link.
#[must_use]
pub fn link(address: String, words: String) -> Part {
    said("a", words).with("href", address)
}

macro_rules! tags {
    ($namespace:expr; $($tag:ident)*) => {
        $(
            #[doc = concat!("An element `", stringify!($tag), "`.")]
            #[must_use]
            pub fn $tag() -> super::Part {
                super::Part { namespace: $namespace, ..super::part(stringify!($tag)) }
            }
        )*
    };
}

/// A function for each tag of HTML that the page uses.
pub mod html {
    pub use leptos::html::{Details, Dialog, Div, Input};

    tags! { None;
        a article aside b button caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 header input label legend li
        main nav ol option p section select small span strong summary table tbody td th thead tr ul
    }
}

/// A function for each tag of SVG that the page uses.
pub mod svg {
    tags! { Some("http://www.w3.org/2000/svg"); line path rect svg text title }
}

// ------------------------------------------------------------------------------------------------------ what can be said

/// What an attribute or a property is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// No such attribute; a property that is false.
    No,
    /// An attribute without a value; a property that is true.
    Yes,
    /// These words.
    Words(Cow<'static, str>),
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl From<&'static str> for Value {
    fn from(words: &'static str) -> Self {
        Self::Words(Cow::Borrowed(words))
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Words(Cow::Owned(words))
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        number.to_string().into()
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        number.to_string().into()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::No, Into::into)
    }
}

/// A value, or what gives it anew whenever something it reads has changed.
pub enum Given {
    /// It stays.
    Once(Value),
    /// It changes.
    Live(Box<dyn Fn() -> Value + Send>),
}

/// What can be given for a value: the value, or a closure that returns one.
pub trait Give {
    /// As it is kept.
    fn give(self) -> Given;
}

macro_rules! given_once {
    ($($kind:ty)*) => { $(impl Give for $kind { fn give(self) -> Given { Given::Once(self.into()) } })* };
}
given_once!(bool i32 usize &'static str String Option<&'static str> Option<String>);

impl<F, V> Give for F
where
    F: Fn() -> V + Send + 'static,
    V: Into<Value>,
{
    fn give(self) -> Given {
        Given::Live(Box::new(move || self().into()))
    }
}

/// What can be a class: words, a closure that returns them, or one word and whether it holds.
pub trait Class {
    /// What it sets, as what, and to what.
    fn setting(self) -> Setting;
}

impl<G: Give> Class for G {
    fn setting(self) -> Setting {
        Setting::Value(Target::Attribute("class"), self.give())
    }
}

impl<G: Give> Class for (&'static str, G) {
    fn setting(self) -> Setting {
        Setting::Value(Target::Class(self.0), self.1.give())
    }
}

/// What can stand inside an element: words, elements, lists of them, and closures that return any of these.
pub trait Inside: Sized {
    /// As one view.
    fn view(self) -> AnyView;

    /// As one view behind the others, or as several that keep their places.
    fn put(self, among: &mut Vec<AnyView>) {
        among.push(self.view());
    }
}

impl Inside for AnyView {
    fn view(self) -> AnyView {
        self
    }
}

impl Inside for Part {
    fn view(self) -> AnyView {
        self.into_any()
    }
}

impl Inside for String {
    fn view(self) -> AnyView {
        self.into_any()
    }
}

impl Inside for &'static str {
    fn view(self) -> AnyView {
        self.into_any()
    }
}

/// Nothing.
impl Inside for () {
    fn view(self) -> AnyView {
        self.into_any()
    }
}

impl<T: Inside> Inside for Option<T> {
    fn view(self) -> AnyView {
        self.map_or_else(|| ().into_any(), Inside::view)
    }
}

impl<T: Inside> Inside for Vec<T> {
    fn view(self) -> AnyView {
        self.into_iter().listed()
    }
}

impl<F, T> Inside for F
where
    F: Fn() -> T + Send + 'static,
    T: Inside,
{
    fn view(self) -> AnyView {
        let live: Box<dyn Fn() -> AnyView + Send> = Box::new(move || self().view());
        live.into_any()
    }
}

/// Any number of things that can stand inside an element, one behind the other.
pub trait Listed {
    /// As one list.
    fn listed(self) -> AnyView;
}

impl<I: Iterator<Item: Inside>> Listed for I {
    fn listed(self) -> AnyView {
        self.map(Inside::view).collect::<Vec<AnyView>>().into_any()
    }
}

macro_rules! together {
    ($($name:ident)*) => {
        impl<$($name: Inside),*> Inside for ($($name,)*) {
            fn view(self) -> AnyView {
                let mut views = Vec::new();
                self.put(&mut views);
                views.into_any()
            }

            #[allow(non_snake_case)]
            fn put(self, among: &mut Vec<AnyView>) {
                let ($($name,)*) = self;
                $($name.put(among);)*
            }
        }
    };
}
together!(A);
together!(A B);
together!(A B C);
together!(A B C D);
together!(A B C D E);
together!(A B C D E F);
together!(A B C D E F G);
together!(A B C D E F G H);
together!(A B C D E F G H I);
together!(A B C D E F G H I J);
together!(A B C D E F G H I J K);
together!(A B C D E F G H I J K L);

// --------------------------------------------------------------------------------------------------- what an element gets

/// One thing that an element is given.
pub enum Setting {
    /// A value, and what it is the value of.
    Value(Target, Given),
    /// What happens upon an event.
    Listener(Cow<'static, str>, SendWrapper<Handler>),
    /// What is done with the element once it is there.
    Made(Box<dyn FnOnce(&Element) + Send>),
}

/// What happens upon an event.
pub type Handler = Box<dyn FnMut(Event)>;

/// What a value is the value of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An attribute.
    Attribute(&'static str),
    /// A property.
    Property(&'static str),
    /// One word of the class.
    Class(&'static str),
}

impl Target {
    fn set(self, element: &Element, value: &Value) {
        match (self, value) {
            (Self::Attribute(name), Value::No) => Rndr::remove_attribute(element, name),
            (Self::Attribute(name), Value::Yes) => Rndr::set_attribute(element, name, ""),
            (Self::Attribute(name), Value::Words(words)) => Rndr::set_attribute(element, name, words),
            (Self::Property(name), Value::Words(words)) => Rndr::set_property(element, name, &JsValue::from_str(words)),
            (Self::Property(name), yes) => Rndr::set_property(element, name, &JsValue::from_bool(*yes == Value::Yes)),
            (Self::Class(word), Value::No) => _ = element.class_list().remove_1(word),
            (Self::Class(word), _) => _ = element.class_list().add_1(word),
        }
    }

    /// Keeps it in step with what gives its value, set only where that is another than the last.
    fn follow(
        self,
        element: &Element,
        give: Box<dyn Fn() -> Value + Send>,
        last: Option<Value>,
    ) -> RenderEffect<Value> {
        let element = element.clone();
        let set = move |before: Option<Value>| {
            let value = give();
            if before.as_ref() != Some(&value) {
                self.set(&element, &value);
            }
            value
        };
        RenderEffect::new_with_value(set, last)
    }
}

impl Part {
    /// With its class.
    #[must_use]
    pub fn class(mut self, class: impl Class) -> Self {
        self.settings.push(class.setting());
        debug_assert!(self.is_in_step(), "a class that is set as a whole takes its single words away");
        self
    }

    /// Whether nothing that sets the class undoes what else sets it.
    fn is_in_step(&self) -> bool {
        let whole = |setting: &Setting| matches!(setting, Setting::Value(Target::Attribute("class"), _));
        let changes = |setting: &Setting| matches!(setting, Setting::Value(Target::Attribute("class"), Given::Live(_)));
        let word = |setting: &Setting| matches!(setting, Setting::Value(Target::Class(_), _));
        match self.settings.iter().position(word) {
            Some(first) => !self.settings.iter().any(changes) && !self.settings.iter().skip(first).any(whole),
            None => true,
        }
    }

    /// With an attribute.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Give) -> Self {
        self.settings.push(Setting::Value(Target::Attribute(name), value.give()));
        self
    }

    /// With an attribute that says this.
    #[must_use]
    pub fn with(self, name: &'static str, value: String) -> Self {
        self.attr(name, value)
    }

    /// With its id.
    #[must_use]
    pub fn id(self, id: impl Give) -> Self {
        self.attr("id", id)
    }

    /// With its role.
    #[must_use]
    pub fn role(self, role: &'static str) -> Self {
        self.attr("role", role)
    }

    /// With a property.
    #[must_use]
    pub fn prop(mut self, name: &'static str, value: impl Give) -> Self {
        self.settings.push(Setting::Value(Target::Property(name), value.give()));
        self
    }

    /// With what happens upon an event.
    #[must_use]
    pub fn on<E>(mut self, event: E, mut handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor<EventType: JsCast>,
    {
        let handler: Handler = Box::new(move |event| handler(event.unchecked_into()));
        self.settings.push(Setting::Listener(event.name(), SendWrapper::new(handler)));
        self
    }

    /// Within reach of what holds the reference.
    #[must_use]
    pub fn node_ref<E>(mut self, node: NodeRef<E>) -> Self
    where
        E: leptos::html::ElementType<Output: JsCast> + 'static,
        NodeRef<E>: leptos::tachys::html::node_ref::NodeRefContainer<E>,
    {
        use leptos::tachys::html::node_ref::NodeRefContainer;
        self.settings.push(Setting::Made(Box::new(move |element| node.load(element))));
        self
    }

    /// With more inside.
    #[must_use]
    pub fn child(mut self, inside: impl Inside) -> Self {
        inside.put(&mut self.children);
        self
    }

    /// With more inside.
    #[must_use]
    pub fn children(mut self, more: Vec<AnyView>) -> Self {
        self.children.extend(more);
        self
    }

    /// Put into a list when it is drawn.
    #[must_use]
    pub fn keep(mut self, list: &Kept) -> Self {
        let list = SendWrapper::new(Rc::clone(list));
        self.settings.push(Setting::Made(Box::new(move |element| list.borrow_mut().push(element.clone()))));
        self
    }

    /// Ready to be drawn.
    #[must_use]
    pub fn view(self) -> AnyView {
        self.into_any()
    }
}

// ------------------------------------------------------------------------------------------------------- on the page

/// An element on the page.
pub struct Drawn {
    tag: &'static str,
    element: Element,
    settings: Vec<Set>,
    children: <Vec<AnyView> as Render>::State,
}

/// One thing that an element was given.
enum Set {
    Once(Target, Value),
    Live(Target, RenderEffect<Value>),
    Listener(Cow<'static, str>, Listener),
    Made,
}

/// What listens on an element. The browser is told once; what happens may change.
struct Listener {
    handler: Rc<RefCell<Handler>>,
    _told: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn new(element: &Element, event: &str, handler: Handler) -> Self {
        let handler = Rc::new(RefCell::new(handler));
        let told = Closure::<dyn FnMut(Event)>::new({
            let handler = Rc::clone(&handler);
            move |event| (handler.borrow_mut())(event)
        });
        let _ = element.add_event_listener_with_callback(event, told.as_ref().unchecked_ref());
        Self { handler, _told: told }
    }
}

impl Setting {
    fn build(self, element: &Element) -> Set {
        match self {
            Self::Value(target, Given::Once(value)) => {
                target.set(element, &value);
                Set::Once(target, value)
            }
            Self::Value(target, Given::Live(give)) => Set::Live(target, target.follow(element, give, None)),
            Self::Listener(event, handler) => {
                let listener = Listener::new(element, &event, handler.take());
                Set::Listener(event, listener)
            }
            Self::Made(then) => {
                then(element);
                Set::Made
            }
        }
    }

    /// Whether this may follow that on the same element.
    fn follows(&self, set: &Set) -> bool {
        match (self, set) {
            (Self::Value(target, Given::Once(_)), Set::Once(before, _))
            | (Self::Value(target, Given::Live(_)), Set::Live(before, _)) => target == before,
            (Self::Listener(event, _), Set::Listener(before, _)) => event == before,
            (Self::Made(_), Set::Made) => true,
            _ => false,
        }
    }

    fn rebuild(self, element: &Element, set: &mut Set) {
        match (self, set) {
            (Self::Value(target, Given::Once(value)), Set::Once(_, before)) => {
                if *before != value {
                    target.set(element, &value);
                    *before = value;
                }
            }
            (Self::Value(target, Given::Live(give)), Set::Live(_, effect)) => {
                // A word of a class is set anew, for the class may have been.
                let last = effect.take_value().filter(|_| !matches!(target, Target::Class(_)));
                *effect = target.follow(element, give, last);
            }
            (Self::Listener(_, handler), Set::Listener(_, listener)) => *listener.handler.borrow_mut() = handler.take(),
            (setting, set) => *set = setting.build(element),
        }
    }
}

impl Render for Part {
    type State = Drawn;

    fn build(self) -> Drawn {
        let element = Rndr::create_element(self.tag, self.namespace);
        let mut children = self.children.build();
        children.mount(&element, None);
        // A list is there before what is chosen of it.
        let settings = self.settings.into_iter().map(|setting| setting.build(&element)).collect();
        Drawn { tag: self.tag, element, settings, children }
    }

    fn rebuild(self, drawn: &mut Drawn) {
        let alike = self.tag == drawn.tag
            && self.settings.len() == drawn.settings.len()
            && self.settings.iter().zip(&drawn.settings).all(|(setting, set)| setting.follows(set));
        if !alike {
            let mut other = self.build();
            drawn.insert_before_this(&mut other);
            drawn.unmount();
            *drawn = other;
            return;
        }
        self.children.rebuild(&mut drawn.children);
        for (setting, set) in self.settings.into_iter().zip(&mut drawn.settings) {
            setting.rebuild(&drawn.element, set);
        }
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        self.element.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.element, marker);
    }

    fn try_mount(&mut self, parent: &Element, marker: Option<&Node>) -> bool {
        Rndr::try_insert_node(parent, &self.element, marker)
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.element.parent_node() else { return false };
        child.mount(parent.unchecked_ref(), Some(&self.element));
        true
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

leptos::tachys::no_attrs!(Part);

/// No server draws this page: what leptos would need of a view for that is not there.
impl RenderHtml for Part {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Drawn {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
