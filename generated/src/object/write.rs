//! How all objects are written. The function is compiled for each type, so it has no `?`: a `match` is a third of the code.

use serde::Serializer;
use serde::ser::SerializeMap;

use super::Written;

/// Writes an object. It is a map for serde: nobody counts its properties before.
#[allow(clippy::question_mark, reason = "`?` is more code for each type")]
pub(crate) fn serialize<T: Written, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = match serializer.serialize_map(None) {
        Ok(map) => map,
        Err(error) => return Err(error),
    };
    let mut index = 0;
    while index < T::PROPERTIES.len() {
        if let Err(error) = object.write(index, &mut map) {
            return Err(error);
        }
        index += 1;
    }
    match object.write_others(&mut map) {
        Ok(()) => map.end(),
        Err(error) => Err(error),
    }
}
