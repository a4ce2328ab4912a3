//! A made-up council: trackers with every kind of mess, and the truth.
