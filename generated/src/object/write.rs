//! How all objects are written.

use serde::Serializer;
use serde::ser::SerializeMap;

use super::Written;

/// Writes an object. It is a map for serde: nobody counts its properties before.
#[allow(dead_code, reason = "a document may have no object")]
pub(crate) fn serialize<T: Written, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for index in 0..T::PROPERTIES.len() {
        object.write(index, &mut map)?;
    }
    object.write_others(&mut map)?;
    map.end()
}
