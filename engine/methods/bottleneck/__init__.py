"""Bottleneck adapters: small networks behind the blocks of a frozen model."""
