//! The order in which names in one place are chosen.

use std::collections::BTreeMap;

use super::lower;

/// The indices of `wires`, in the order in which they get their lower-case names. A wire name that is already its own name comes
/// first, so no other item takes the name. A wire name with signs, such as `date<`, comes last.
pub(crate) fn order<'w>(wires: impl Iterator<Item = &'w str>) -> Vec<usize> {
    let has_signs = |wire: &str| wire.contains(|c: char| !c.is_alphanumeric() && c != '_');
    let ranks: Vec<(bool, bool)> = wires
        .map(|wire| (lower(wire).ident != wire, has_signs(wire)))
        .collect();
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|index| ranks[*index]);
    order
}

/// Names items in the [`order`] of their wire names. Returns the results of `name` in the order of the items.
pub(crate) fn in_order<T, N>(
    items: impl IntoIterator<Item = T>,
    wire: impl Fn(&T) -> &str,
    mut name: impl FnMut(T) -> N,
) -> Vec<N> {
    let items: Vec<T> = items.into_iter().collect();
    let order = order(items.iter().map(wire));
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let named = order
        .into_iter()
        .filter_map(|index| Some((index, name(items[index].take()?))));
    let named: BTreeMap<usize, N> = named.collect();
    named.into_values().collect()
}
