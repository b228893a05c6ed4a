//! The methods that all requests have.

/// A request, from what is special about it.
///
/// It is written as four items, of which those that a request does not need are left out:
///
/// - a struct with the arguments. The request's type has them as fields, beside `client` and `call_options`;
/// - a struct with what setters set, each an `Option`. The request holds it as `optional`, at first without a value;
/// - `into_call`: how all of this becomes a call;
/// - an `impl` with the setters. They change `optional` through `change()`, and nothing else.
#[allow(unused_macros, reason = "a document may have no operation")]
macro_rules! request {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $($argument:ident: $argument_type:ty,)*
        }

        $(struct $optional:ident {
            $($field:ident: $field_type:ty,)*
        })?

        fn into_call($this:ident $(,)?) -> Call<$output:ty $(,)?> $call:block

        $(impl $same_name:ident {
            $($setters:tt)*
        })?
    ) => {
        $(#[$attribute])*
        #[derive(Clone)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct $name {
            client: $crate::Client,
            call_options: $crate::RequestOptions,
            shared_key: $crate::idempotency::SharedKey,
            $($argument: $argument_type,)*
            $(optional: $optional,)?
        }

        $(
            #[derive(Clone, Default)]
            struct $optional {
                $($field: $field_type,)*
            }
        )?

        impl $name {
            #[allow(clippy::too_many_arguments, reason = "the API requires them all")]
            pub(super) fn new(client: $crate::Client, $($argument: $argument_type),*) -> Self {
                Self {
                    client,
                    call_options: $crate::RequestOptions::default(),
                    shared_key: $crate::idempotency::SharedKey::default(),
                    $($argument,)*
                    $(optional: $optional::default(),)?
                }
            }

            $($($setters)*)?

            $(
                /// What setters set. A request that is changed shares its key with no clone.
                fn change(&mut self) -> &mut $optional {
                    self.shared_key.detach();
                    &mut self.optional
                }
            )?

            /// Calls `set` if `value` is not `None`. Use it for values that are optional in your own code.
            pub fn when_some<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self {
                match value {
                    Some(value) => set(self, value),
                    None => self,
                }
            }

            /// Sets timeouts, retries and headers for this call. These options override the settings of the client, and earlier
            /// options of this call.
            pub fn with_options(mut self, options: $crate::RequestOptions) -> Self {
                self.call_options = self.call_options.with(options);
                self
            }

            /// Returns the status, headers and raw body together with the value.
            pub fn with_response(self) -> $crate::Call<$crate::Response<$output>> {
                self.into_call().with_response()
            }

            /// Sends the request and waits for the response on this thread.
            ///
            /// # Errors
            ///
            /// Fails as `.await` does: see [`Error`](crate::Error).
            #[cfg(feature = "blocking")]
            pub fn run_blocking(self) -> $crate::Result<$output> {
                self.into_call().run_blocking()
            }

            /// Returns a future that sends the request when it is polled. `.await` calls this method. Call it yourself if a
            /// function needs a future.
            pub fn into_future(self) -> $crate::Pending<$output> {
                self.into_call().into_future()
            }

            fn into_call($this) -> Call<$output> {
                let shared_key = $this.shared_key;
                let call: Call<$output> = $call;
                call.sharing(shared_key)
            }
        }

        impl IntoFuture for $name {
            type Output = $crate::Result<$output>;
            type IntoFuture = $crate::Pending<$output>;

            fn into_future(self) -> Self::IntoFuture {
                self.into_call().into_future()
            }
        }

        // What it holds may be personal.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have no operation")]
pub(crate) use request;
