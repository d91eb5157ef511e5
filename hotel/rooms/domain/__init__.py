"""Rules of rooms: plain values in, plain values out."""
