"""How rows are asked: one engine a file, collected by its constant `PROBE`. Only here are drivers imported."""
