//! A list that nearly always holds one thing, which then needs no memory of its own.

use std::ops::Deref;

/// A list that does not grow. It reads as a slice.
#[derive(Debug, Clone)]
pub enum Few<T> {
    /// One thing.
    One(T),
    /// None, or several.
    Many(Box<[T]>),
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::One(thing) => std::slice::from_ref(thing),
            Few::Many(things) => things,
        }
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(things: Vec<T>) -> Self {
        things.into_iter().collect()
    }
}

impl<T, const N: usize> From<[T; N]> for Few<T> {
    fn from(things: [T; N]) -> Self {
        things.into_iter().collect()
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut things = things.into_iter();
        match (things.next(), things.next()) {
            (None, _) => Few::Many(Box::default()),
            (Some(one), None) => Few::One(one),
            (Some(one), Some(two)) => Few::Many([one, two].into_iter().chain(things).collect()),
        }
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_any_length_comes_back() {
        for list in [vec![], vec![1], vec![1, 2], vec![1, 2, 3]] {
            let few = Few::from(list.clone());
            assert_eq!(*few, *list);
            assert_eq!(matches!(few, Few::One(_)), list.len() == 1);
        }
    }
}
