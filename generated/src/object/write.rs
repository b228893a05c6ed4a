//! How all objects are written. The function knows no type, so it is compiled once for each serializer.

use serde::Serializer;
use serde::ser::SerializeMap;

use super::Written;

/// Writes an object. It is a map for serde: nobody counts its properties before.
pub(crate) fn serialize<S: Serializer>(
    object: &dyn Written<S::SerializeMap>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for index in 0..object.properties() {
        object.write(index, &mut map)?;
    }
    object.write_others(&mut map)?;
    map.end()
}
