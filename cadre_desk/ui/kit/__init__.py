"""The kit: what gives the desk its look, without data; of the other rooms it knows only domain."""

from __future__ import annotations
