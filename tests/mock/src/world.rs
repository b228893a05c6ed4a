//! The state, with a clock and a sender of webhooks.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::Value;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::api::{Api, Refusal, wrong};
use crate::clock::Clock;
use crate::moment::Moment;
use crate::sender::Sender;
use crate::settings::Settings;
use crate::state::{Answer, Command, Post, State, Wanted};

/// A running mock.
#[derive(Debug)]
pub(crate) struct World {
    inner: Mutex<Inner>,
    sender: Sender,
    /// The revision of the state, for whoever waits for a change.
    revision: watch::Sender<u64>,
    /// Tells the driver that something may be due earlier.
    changed: Notify,
    /// The webhooks that are being posted beside everything else; `None` once the mock has ended.
    aside: Mutex<Option<JoinSet<()>>>,
}

#[derive(Debug)]
struct Inner {
    state: State,
    clock: Clock,
}

impl World {
    pub(crate) fn new(api: Api, settings: Settings, clock: Clock, sender: Sender) -> Arc<Self> {
        let state = State::new(Arc::new(api), settings, clock.now());
        Arc::new(Self {
            inner: Mutex::new(Inner { state, clock }),
            sender,
            revision: watch::Sender::new(0),
            changed: Notify::new(),
            aside: Mutex::new(Some(JoinSet::new())),
        })
    }

    /// Posts no more webhooks, and ends what is being posted.
    pub(crate) fn end(&self) {
        *self.aside.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Answers a request. Its webhooks go out by themselves.
    pub(crate) fn request(self: &Arc<Self>, request: Request<Bytes>) -> Answer {
        let (answer, posts) = self.change(|state, now| state.request(&request, now));
        self.post_aside(posts);
        answer
    }

    /// Does what the command says, or says why not. Where the time stands still, its webhooks have been delivered at the end.
    pub(crate) async fn act(self: &Arc<Self>, command: Command) -> Result<(), Refusal> {
        let (outcome, posts) = self.apply(command);
        match self.stands_still() {
            true => self.post(posts).await,
            false => self.post_aside(posts),
        }
        outcome
    }

    /// Lets time pass, and everything happen that is due by then.
    pub(crate) async fn advance(self: &Arc<Self>, time: Duration) -> Result<(), Refusal> {
        let until = self.now() + time;
        if until > Moment::LAST {
            return Err(wrong("The mock knows no time after the year 9999."));
        }
        loop {
            let due = self.lock().state.next_due();
            let Some(due) = due.filter(|due| *due <= until) else {
                break;
            };
            self.advance_clock(due);
            self.post(self.tick()).await;
        }
        self.advance_clock(until);
        Ok(())
    }

    /// Makes it `moment`, and has the driver see how long it has to wait now.
    fn advance_clock(&self, moment: Moment) {
        self.lock().clock.advance_to(moment);
        self.changed.notify_one();
    }

    /// Does what is due as time passes, for ever.
    pub(crate) async fn drive(self: Arc<Self>) {
        loop {
            self.post_aside(self.tick());
            let due = self.lock().state.next_due();
            let wait = due.map(|due| due.since(self.now()));
            let changed = self.changed.notified();
            match wait {
                Some(wait) => {
                    // Both end in looking again.
                    let _ = tokio::time::timeout(wait, changed).await;
                }
                None => changed.await,
            }
        }
    }

    pub(crate) fn now(&self) -> Moment {
        self.lock().clock.now()
    }

    pub(crate) fn stands_still(&self) -> bool {
        self.lock().clock.stands_still()
    }

    pub(crate) fn public_key(&self) -> String {
        self.sender.public_key()
    }

    pub(crate) fn revisions(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Looks at the state.
    pub(crate) fn see<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock().state)
    }

    /// Looks at the state after each change until it shows something. `None` after `timeout`.
    async fn wait<T>(&self, timeout: Duration, look: impl Fn(&State) -> Option<T>) -> Option<T> {
        let mut revisions = self.revisions();
        let looking = async {
            loop {
                if let Some(seen) = self.see(&look) {
                    return Some(seen);
                }
                revisions.changed().await.ok()?;
            }
        };
        tokio::time::timeout(timeout, looking).await.ok().flatten()
    }

    /// Waits until there are `count` of what is wanted, and gives all of it.
    pub(crate) async fn wait_for(
        &self,
        wanted: &Wanted,
        count: usize,
        timeout: Duration,
    ) -> Option<Vec<Value>> {
        // A count is cheap, and JSON is not.
        let enough = |state: &State| state.count(wanted) >= count;
        let look = |state: &State| enough(state).then(|| state.find(wanted));
        self.wait(timeout, look).await
    }

    fn apply(&self, command: Command) -> (Result<(), Refusal>, Vec<Post>) {
        self.change(|state, now| state.apply(command, now))
    }

    /// Does what is due. Nothing speaks against that.
    fn tick(&self) -> Vec<Post> {
        let (_, posts) = self.apply(Command::Tick);
        posts
    }

    /// Changes the state, and tells whoever waits for that.
    fn change<T>(&self, change: impl FnOnce(&mut State, Moment) -> T) -> T {
        let mut inner = self.lock();
        let now = inner.clock.now();
        let changed = change(&mut inner.state, now);
        let revision = inner.state.revision();
        drop(inner);
        let is_new = |known: &mut u64| std::mem::replace(known, revision) != revision;
        if self.revision.send_if_modified(is_new) {
            self.changed.notify_one();
        }
        changed
    }

    /// Posts webhooks beside everything else, until the mock ends.
    fn post_aside(self: &Arc<Self>, posts: Vec<Post>) {
        let mut aside = self.aside.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(tasks) = aside.as_mut() else {
            return;
        };
        while tasks.try_join_next().is_some() {}
        for post in posts {
            let world = self.clone();
            tasks.spawn(async move { world.post(vec![post]).await });
        }
    }

    /// Posts webhooks and those that are due after each: one after the other, so that the same seed gives the same log.
    async fn post(&self, posts: Vec<Post>) {
        let mut posts = VecDeque::from(posts);
        while let Some(post) = posts.pop_front() {
            let outcome = self.sender.post(&post).await;
            let delivered = Command::Delivered {
                event_id: post.event_id,
                attempt: post.attempt,
                outcome,
            };
            // Nothing speaks against noting what has happened.
            let (_, next) = self.apply(delivered);
            posts.extend(next);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
