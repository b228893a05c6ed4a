//! Everything that a thread says to `tracing` and to `log`, at every level.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::Once;

use log::{LevelFilter, Log, Metadata, Record};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record as Values};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Event, Subscriber};

thread_local! {
    /// What was said since the capture on this thread began, if there is one.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Listens on this thread until it is dropped.
pub(super) struct Capture {
    _subscriber: DefaultGuard,
}

impl Capture {
    pub(super) fn start() -> Self {
        static LOGGER: Once = Once::new();
        LOGGER.call_once(|| {
            log::set_logger(&Listener).expect("nobody else listens");
            log::set_max_level(LevelFilter::Trace);
        });
        SAID.set(Some(String::new()));
        Self {
            _subscriber: set_default(Listener),
        }
    }

    /// What was said since the last time.
    pub(super) fn take(&self) -> String {
        SAID.replace(Some(String::new())).unwrap_or_default()
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        SAID.set(None);
    }
}

fn say(text: std::fmt::Arguments<'_>) {
    SAID.with_borrow_mut(|said| {
        if let Some(said) = said {
            said.write_fmt(text).expect("a String takes all");
        }
    });
}

struct Listener;

impl Visit for Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        say(format_args!("{}={value:?}\n", field.name()));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        say(format_args!("{}\n", span.metadata().name()));
        span.record(&mut Listener);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Values<'_>) {
        values.record(&mut Listener);
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Listener);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl Log for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        say(format_args!("{}: {}\n", record.target(), record.args()));
    }

    fn flush(&self) {}
}
