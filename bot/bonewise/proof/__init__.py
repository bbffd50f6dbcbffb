"""The prover: it explores every conversation that a flow can lead to, and reports each fault with one that shows it."""
