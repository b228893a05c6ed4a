//! The initial values of an object's fields, before the object is read.

use std::collections::{BTreeMap, HashMap};

use crate::{ErrorCode, Json, Secret, Timestamp};

/// An initial value. A required field gets its real value before the object is used.
pub(crate) trait Empty {
    fn empty() -> Self;
}

/// The types whose `Default` is an empty value.
macro_rules! empty {
    ($($ty:ty),*) => {
        $(impl Empty for $ty {
            fn empty() -> Self {
                Self::default()
            }
        })*
    };
}

empty!(bool, i32, i64, u64, usize, f64, String, Json);

impl<T> Empty for Option<T> {
    fn empty() -> Self {
        None
    }
}

impl<T> Empty for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }
}

impl<T> Empty for BTreeMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }
}

impl<T> Empty for HashMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Empty> Empty for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }
}

impl Empty for ErrorCode {
    fn empty() -> Self {
        Self::from("")
    }
}

impl Empty for Secret {
    fn empty() -> Self {
        Self::from("")
    }
}

impl Empty for Timestamp {
    fn empty() -> Self {
        Self::from("")
    }
}
